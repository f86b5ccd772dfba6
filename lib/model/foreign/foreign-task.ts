import type { Priority, Status, TaskType } from '../task/task.ts';

/** A link from a task of another tracker to another task there. */
export interface ForeignLink {
  readonly to: string;
  readonly type: 'blocks' | 'related' | 'discovered_from';
}

export interface ForeignNote {
  readonly text: string;
  readonly author?: string | undefined;
  /** ISO 8601. */
  readonly at?: string | undefined;
}

/** A task of another tracker, in docket's words as far as there are some. */
export interface ForeignTask {
  /** Its id there, which finds it again. */
  readonly id: string;
  readonly title: string;
  readonly description?: string | undefined;
  /** Nobody works on it here yet: what is in progress there is pending. */
  readonly status: Exclude<Status, 'in_progress'>;
  readonly wasInProgress?: boolean;
  /** Why it is blocked. */
  readonly reason?: string | undefined;
  readonly type?: TaskType | undefined;
  readonly priority?: Priority | undefined;
  readonly estimatedMinutes?: number | undefined;
  readonly labels?: readonly string[];
  /** Times as people or programs write them; what is none is left to `rest`. */
  readonly due?: string | undefined;
  readonly notBefore?: string | undefined;
  readonly createdAt?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly completedAt?: string | undefined;
  readonly outcome?: string | undefined;
  /** The id there of the task that it is a part of. */
  readonly parent?: string | undefined;
  readonly links?: readonly ForeignLink[];
  readonly notes?: readonly ForeignNote[];
  /** Every field that docket has no place for, by its name there. */
  readonly rest?: Readonly<Record<string, unknown>>;
}

/** What a file of another tracker holds. */
export interface ForeignList {
  readonly tasks: readonly ForeignTask[];
  /** Sentences about what was left out or read otherwise. */
  readonly remarks: readonly string[];
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Gives a value as text; undefined where it is none, or empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Gives the texts of a list, or of a text with commas. */
export function textsOf(value: unknown): readonly string[] {
  const list = typeof value === 'string' ? value.split(',') : listOf(value);
  return list.map((each) => textOf(each)?.trim()).filter((each) => each !== undefined);
}

/** Leaves out the fields that have a place of their own. */
export function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

const words: Readonly<Record<string, Priority>> = {
  critical: 0,
  urgent: 0,
  highest: 0,
  blocker: 0,
  high: 1,
  medium: 2,
  normal: 2,
  low: 3,
  lowest: 4,
  backlog: 4,
};

/** Reads a priority: 0 to 4, P0 to P4, or a word. */
export function priorityOf(value: unknown): Priority | undefined {
  const text = textOf(value)?.trim().toLowerCase() ?? '';
  const [, digit] = /^p?([0-4])$/.exec(text) ?? [];
  return digit === undefined ? words[text] : (Number(digit) as Priority);
}

const closedWords = new Set(['done', 'closed', 'complete', 'completed', 'resolved', 'merged', 'x']);
const cancelledWords = new Set(['cancelled', 'canceled', 'wontfix', "won't do", 'rejected']);
const busyWords = new Set([
  'in_progress',
  'in-progress',
  'in progress',
  'doing',
  'active',
  'review',
]);
const blockedWords = new Set(['blocked', 'deferred', 'on hold', 'on_hold']);

/** Reads a status as trackers spell it; a word that none of them has is an open task's. */
export function statusOf(value: unknown): Pick<ForeignTask, 'status' | 'wasInProgress' | 'reason'> {
  const word = textOf(value)?.trim().toLowerCase() ?? '';
  if (closedWords.has(word)) return { status: 'completed' };
  if (cancelledWords.has(word)) return { status: 'cancelled' };
  if (blockedWords.has(word)) return { status: 'blocked', reason: word };
  return { status: 'pending', ...(busyWords.has(word) ? { wasInProgress: true } : {}) };
}

const types: Readonly<Record<string, TaskType>> = {
  bug: 'bugfix',
  bugfix: 'bugfix',
  feature: 'implementation',
  enhancement: 'implementation',
  documentation: 'documentation',
  docs: 'documentation',
  spike: 'research',
  research: 'research',
  decision: 'analysis',
  test: 'testing',
  testing: 'testing',
  review: 'review',
};

/** Reads a type of work; undefined for any other word. */
export function typeOf(value: unknown): TaskType | undefined {
  return types[textOf(value)?.trim().toLowerCase() ?? ''];
}

/** Reads a time that a program wrote; undefined for any other text. */
export function timeOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined || !/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
