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
 * Tells sessions of one person apart: `#f463`, `#run:f463` of an orchestrator, `#nightly-42` of a
 * named one, the number of a command without a terminal, and nothing of a person at one.
 */
export function sessionTag(session: string): string {
  if (session.startsWith(terminalPrefix)) return session.slice(ownerOf(session).length).slice(0, 5);
  const prefix = session.startsWith(orchestratorPrefix) ? orchestratorPrefix : '';
  return `#${prefix}${shortId(session.slice(prefix.length))}`;
}

/** Spells who said something, a person or a session of theirs: `alice`, `alice#f463`. */
export function spellSpeaker({
  session,
  actor,
}: {
  readonly session: string;
  readonly actor: string;
}): string {
  return `${spellActor(actor)}${isOneCommand(session) ? '' : sessionTag(session)}`.slice(0, 200);
}

/**
 * Shortens an id that is unlike others at its start, as a UUID is, to that; of a name that somebody
 * chose the end tells, as in `nightly-2026-11-42`.
 */
function shortId(id: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}/i.test(id)) return id.slice(0, 4);
  const letters = [...(isPlain(id) ? id : id.replace(/[^\p{L}\p{N}._:@+-]+/gu, '_'))];
  return (letters.length <= 12 ? letters : letters.slice(-8)).join('');
}

/** Whether nothing needs to be replaced. V8 takes 0.4 ms to compile the classes of all letters. */
function isPlain(name: string): boolean {
  return /^[\w.:@+-]*$/.test(name);
}

/** Spells a claim's branch, or the worktree that stands for it, with nothing that ends a name. */
export function spellBranch(branch: string): string {
  const name = branch.replace(/[\s,;()[\]{}"‹]+/gu, '_');
  return name.startsWith('worktree:') ? name.replace(':', ' ') : `branch ${name}`;
}

/**
 * Spells an actor, user@host or a person's name. People name themselves, so a name holds nothing
 * that reads as more than a name: no space or bracket that ends it, and not "you".
 */
export function spellActor(actor: string): string {
  if (isPlain(actor) && !/^_*you(?![a-z0-9])/i.test(actor) && actor !== '') return actor;
  const name = actor.replace(/[\u200c\u200d]/gu, '').replace(/[\s,;()[\]{}"#‹]+/gu, '_');
  return /^_*you(?![a-z0-9])/iu.test(name) || name === '' ? `‹${name}›` : name;
}
