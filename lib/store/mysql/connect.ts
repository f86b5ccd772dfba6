import { fullBudget, reconnectBudget } from '../../model/waiting.ts';
import { StoreError } from '../errors.ts';
import { retry } from '../retry.ts';
import { connect, type MysqlConnection } from './wire/connection.ts';
import type { MysqlOpenOptions, MysqlTarget } from './wire/target.ts';

/** A fleet fills a server's 151 connections for moments: that is no outage, so it is tried again. */
export function connectWhenFull(
  target: MysqlTarget,
  { onFirstByte, onRetry, socket }: Omit<MysqlOpenOptions, 'mode'>,
): Promise<MysqlConnection> {
  let isSilent = true;
  const once = (): void => {
    if (isSilent) onFirstByte?.();
    isSilent = false;
  };
  return retry(
    (attempt) =>
      connect(target, {
        onFirstByte: once,
        ...(attempt === 1 && socket !== undefined ? { socket } : {}),
      }),
    {
      budget: fullBudget,
      isPassing: isFull,
      onRetry: (error) => {
        if (error instanceof StoreError) onRetry?.(error);
      },
    },
  );
}

/** Connects again to a server that has ended a connection: it may be about to come back. */
export function reconnect(target: MysqlTarget): Promise<MysqlConnection> {
  return retry(() => connectWhenFull(target, {}), {
    budget: reconnectBudget,
    isPassing: isRefusal,
  });
}

function isFull(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'too_many_connections';
}

/** ENOENT: the Unix socket is gone. */
const refusals = ['ECONNREFUSED', 'ECONNRESET', 'PROTOCOL_CONNECTION_LOST', 'ENOENT'];

/** Nobody listens there, or hangs up: no word of a server, which would mean what it says. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof StoreError) || error.code !== 'unreachable') return false;
  const { code } = (error.cause ?? {}) as { code?: string };
  return code !== undefined && refusals.includes(code);
}
