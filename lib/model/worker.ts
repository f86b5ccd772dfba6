import { orchestratorPrefix, terminalPrefix } from './liveness.ts';

/** The agent of a session that is not one of its subagents. */
export const mainAgent = 'main';

/**
 * Names who answers for a session: the session itself, or the person. A command that has neither a
 * session nor a terminal is a session of its own, `terminal:alice@one#k3f9x2`, and the person of
 * `terminal:alice@one` answers for it.
 */
export function ownerOf(session: string): string {
  return session.startsWith(terminalPrefix) ? session.replace(/#[0-9a-z]+$/, '') : session;
}

/** Whether a session is that of one command. */
export function isOneCommand(session: string): boolean {
  return ownerOf(session) !== session;
}

/** Makes the session of one command of the person at this terminal. */
export function oneCommand(terminal: string): string {
  return `${terminal}#${Math.random().toString(36).slice(2, 10).padEnd(8, '0')}`;
}

/**
 * Tells sessions of one person apart: `#f463`, `#run:f463` of an orchestrator, the number of a
 * command without a terminal, and nothing of a person at one.
 */
export function sessionTag(session: string): string {
  if (session.startsWith(terminalPrefix)) return session.slice(ownerOf(session).length).slice(0, 5);
  const length = session.startsWith(orchestratorPrefix) ? orchestratorPrefix.length + 4 : 4;
  return `#${session.slice(0, length)}`;
}
