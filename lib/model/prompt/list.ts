import type { HolderSession } from '../liveness.ts';

/** A line of the list that every prompt carries. Text is as stored: rendering makes it safe. */
export interface PromptTask {
  readonly key: string;
  readonly priority: number;
  readonly title: string;
  /** The container that it is a step of; null of a task without one. */
  readonly plan: PromptPlan | null;
  /** The slugs of its client and its project, where not all tasks of the list have the same. */
  readonly client?: string;
  readonly project?: string;
}

/** A container as a prompt names it, with the leaves below it as steps; cancelled ones do not count. */
export interface PromptPlan {
  readonly title: string;
  readonly done: number;
  readonly total: number;
}

export interface PromptClaim extends PromptTask {
  readonly session: string;
  readonly agent: string;
  readonly actor: string;
  readonly since: string;
  readonly branch?: string;
  readonly holder: HolderSession | null;
  readonly lastNote: string | null;
}

/**
 * The list of a workspace as a prompt shows it. Lists are cut; `counts` say how many tasks there
 * are in all, up to `promptLimits.count`. It is plain data, so that the last one can be kept for
 * when the database is away.
 */
export interface PromptList {
  readonly slug: string;
  readonly seq: number;
  /** When it was read, by the database's clock. */
  readonly at: string;
  readonly mine: readonly PromptClaim[];
  readonly others: readonly PromptClaim[];
  readonly blocked: readonly (PromptTask & { readonly reason: string })[];
  readonly ready: readonly (PromptTask & {
    /** Whether its last review sent it back. */
    readonly isRejected?: boolean;
  })[];
  readonly waiting: readonly (PromptTask & { readonly needs: string | null })[];
  readonly counts: {
    readonly inProgress: number;
    readonly blocked: number;
    readonly ready: number;
    readonly waiting: number;
  };
  /** Tells later whether the list is still the same; missing in what an older docket kept. */
  readonly known?: {
    /** The workspace's guard, which every change replaces. */
    readonly token: string;
    /** When a task becomes ready by time alone, by the database's clock; null: none does. */
    readonly nextStart?: string | null;
    /** Keys of all claims, mine and others', in the order of the list. */
    readonly claims: readonly string[];
  };
}

/**
 * Names the state of a list. The guard tells states apart that count the same events, as those of a
 * restored backup may; the next time at which a task becomes ready by itself, those of one guard.
 */
export function versionOf({ known, seq }: PromptList): string {
  return known === undefined ? String(seq) : versionAt(known.token, known.nextStart ?? null);
}

export function versionAt(token: string, nextStart: string | null): string {
  return nextStart === null ? token : `${token} ${nextStart}`;
}

/** Whether two versions are of one guard, so that only time has passed between them. */
export function isOneGuard(version: string, other: string): boolean {
  return version.split(' ', 1)[0] === other.split(' ', 1)[0];
}

/** Rows read for each section, and where counting stops ("100+"). */
export const promptLimits = {
  mine: 10,
  others: 12,
  blocked: 6,
  ready: 10,
  waiting: 3,
  count: 101,
} as const;
