import type { WorkspaceName } from '../../tracker/database/join-workspace.ts';
import type { ThrowAwayOwner } from '../../tracker/database/throw-away.ts';
import type { Access } from './access.ts';
import type { Person } from './person.ts';

export type PhaseName =
  | 'database'
  | 'session'
  | 'create'
  | 'claim'
  | 'note'
  | 'link'
  | 'close'
  | 'second'
  | 'subfolder'
  | 'deny'
  | 'race';

/** What phases have, and leave to those after them. */
export interface Verification {
  /** The list that is made for them and goes away again. */
  readonly workspace: WorkspaceName;
  readonly owner: ThrowAwayOwner;
  readonly access: Access;
  /** The database's URL as its person knows it. */
  readonly url: string;
  readonly first: Person;
  /** Logs in as somebody else where there is a second login. */
  readonly second: Person;
  /** A session that nobody has begun yet. */
  newSession(): string;
  /** Keys of tasks, by what phases call them. */
  readonly keys: Map<'wire' | 'paint', string>;
  /** What is worth knowing of the phase that runs, and no failure. */
  readonly remarks: string[];
  /** The slugs of lists that verifications before have left, and that were removed. */
  readonly leftOver: string[];
  /** Becomes true when the list may be there, so that it is to be removed. */
  isMade: boolean;
}

/** One thing that must work. */
export interface Phase {
  readonly name: PhaseName;
  readonly title: string;
  /** The phases without which it proves nothing. */
  readonly needs: readonly PhaseName[];
  /** @throws PhaseFailure */
  run(verification: Verification): Promise<void>;
}

/** Gives a key that a phase before has left. */
export function keyOf({ keys }: Verification, name: 'wire' | 'paint'): string {
  return keys.get(name) ?? '';
}
