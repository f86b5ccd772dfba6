import { fullBudget, reconnectBudget } from '../../model/waiting.ts';
import { StoreError } from '../errors.ts';
import { retry } from '../retry.ts';
import { type LoggedIn, logIn } from './log-in.ts';
import { isCluster } from './wire/members.ts';
import { isNotServing } from './wire/not-serving.ts';
import type { MysqlOpenOptions, MysqlTarget } from './wire/target.ts';

/** A fleet fills a server's 151 connections for moments: that is no outage, so it is tried again. */
export function connectWhenFull(
  target: MysqlTarget,
  { onFirstByte, onRetry, socket }: Omit<MysqlOpenOptions, 'mode'>,
): Promise<LoggedIn> {
  let isSilent = true;
  const once = (): void => {
    if (isSilent) onFirstByte?.();
    isSilent = false;
  };
  return retry(
    (attempt) =>
      logIn(target, {
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

/**
 * Connects again to a server that has ended a connection: it may be about to come back, and a cluster
 * to agree on who is left.
 */
export function reconnect(target: MysqlTarget): Promise<LoggedIn> {
  return retry(() => connectWhenFull(target, {}), {
    budget: reconnectBudget,
    isPassing: (error) => isRefusal(error) || (isCluster(target) && isNotServing(error)),
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
