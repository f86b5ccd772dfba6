import type { Absence } from '../../model/liveness.ts';
import { sessionTag } from '../../model/worker.ts';
import { safeLine } from './safe-text.ts';

/** Says how a claim's holder has gone. */
export const absenceWords: Readonly<Record<Absence, string>> = {
  ended: 'session ended',
  crashed: 'session crashed, last seen',
  silent: 'silent, last seen',
};

/**
 * Names a worker: `alice@one#3f2a`, with the agent unless it is the main one. A terminal has no
 * number, a command without one its own, and an orchestrator has a sign: `alice@one#run:3f2a`.
 */
export function renderWho(
  {
    actor,
    session,
    agent,
  }: {
    readonly actor: string;
    readonly session: string;
    readonly agent: string;
  },
  limit = 60,
): string {
  const tag = safeLine(sessionTag(session), 10);
  return `${renderActor(actor, limit)}${tag}${agent === 'main' ? '' : `/${safeLine(agent, 24)}`}`;
}

/**
 * Names an actor, user@host. People name themselves, so a name holds nothing that reads as more
 * than a name: no space or bracket that ends it, and not "you".
 */
export function renderActor(actor: string, limit = 60): string {
  const name = safeLine(actor, limit)
    .replace(/[\u200c\u200d]/gu, '')
    .replace(/[\s,;()[\]{}"#‹]+/gu, '_');
  return /^_*you(?![a-z0-9])/iu.test(name) || name === '' ? `‹${name}›` : name;
}
