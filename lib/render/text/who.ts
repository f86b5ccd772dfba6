import type { Absence } from '../../model/liveness.ts';
import { sessionTag, spellActor, spellBranch } from '../../model/worker.ts';
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
  const tag = safeLine(sessionTag(session), 20);
  return `${renderActor(actor, limit)}${tag}${agent === 'main' ? '' : `/${safeLine(agent, 24)}`}`;
}

/**
 * Adds to a claim where its holder works: `, branch fix-login`. Whoever reads knows the own folder.
 */
export function renderBranch(
  { session, branch }: { readonly session: string; readonly branch?: string | undefined },
  reader: { readonly session: string | undefined },
): string {
  if (branch === undefined || session === reader.session) return '';
  return `, ${spellBranch(safeLine(branch, 40))}`;
}

/** Names who did a run: its agent, else the worker. */
export function renderRunner(
  run: Readonly<Record<'agent' | 'agentId' | 'actor' | 'session', string>>,
  limit = 40,
): string {
  return run.agent === '' ? renderWho({ ...run, agent: run.agentId }) : safeLine(run.agent, limit);
}

/** Spells an actor of at most `limit` code points. */
export function renderActor(actor: string, limit = 60): string {
  return spellActor(safeLine(actor, limit));
}
