import { DocketError } from '../../model/errors.ts';
import { parseKeyQuery } from '../../model/key.ts';
import type { WorkerEvent } from '../../store/tables/events.ts';
import { readJson } from '../stored-json.ts';
import { storedTime } from '../stored-time.ts';

/** The verb of the events that an undo writes. */
export const undoneVerb = 'undone';

/** An event of a task, with its values read. */
export interface PastEvent {
  readonly seq: number;
  readonly verb: string;
  readonly taskId: string;
  readonly key: string;
  readonly runId: string | null;
  /** When it happened, UTC text as stored. */
  readonly at: string;
  readonly old: Values;
  readonly new: Values;
  /** Whether it tells of a container that followed its subtasks. */
  readonly isDerived: boolean;
}

/** The fields of an event, whoever wrote them. */
export type Values = Readonly<Record<string, unknown>>;

/** What one verb did, oldest first. */
export interface PastVerb {
  /** The number of its last event. */
  readonly seq: number;
  readonly verb: string;
  readonly createdAt: string;
  readonly events: readonly PastEvent[];
}

/** The events that follow from others by themselves. */
const following: ReadonlySet<string> = new Set(['billed', 'unbilled', 'restored']);

/** The verbs that have an inverse. */
const undoable: ReadonlySet<string> = new Set([
  ...['created', 'linked', 'unlinked', 'updated', 'claimed', 'stolen', 'released', 'reassigned'],
  ...[
    'blocked',
    'unblocked',
    'started',
    'completed',
    'cancelled',
    'reopened',
    'scheduled',
    'resumed',
    'stopped',
  ],
]);

/** The fields that tell whom a task is for, of which an event does not have the former values. */
const attribution = ['client', 'project', 'infrastructure', 'billable'];

/**
 * Reads the events of one verb.
 *
 * @param rows newest first
 * @throws DocketError `conflict` when it has no inverse, with the way to put it right.
 */
export function readVerb(rows: readonly WorkerEvent[]): PastVerb {
  const oldest = rows.toReversed();
  const told = oldest.filter(({ verb }) => !following.has(verb));
  const [first = oldest[0]] = told;
  if (first === undefined) throw new Error('a verb has no events');
  for (const row of told) requireInverse(row);
  const { verb, createdAt } = first;
  return { seq: rows[0]?.seq ?? first.seq, verb, createdAt, events: told.map(readEvent) };
}

function requireInverse(row: WorkerEvent): void {
  const { verb, key, requestId } = row;
  if (verb === 'archived') {
    throw refused('what you archived', 'docket reopen KEY brings a task back with its tree');
  }
  if (key === null) {
    throw refused(`${JSON.stringify(verb)}, which changed no task`, 'docket log shows it');
  }
  if (verb === 'noted') {
    throw refused(`a note on ${key}, and notes stay`, `docket note ${key} TEXT says what is right`);
  }
  const value = readValues(row.newValue);
  if (verb === 'reported' || verb === 'learned' || 'report' in value) {
    throw refused(
      `a report on ${key}, and its run has ended with it`,
      `docket show ${key} shows what came of it; docket reopen ${key} opens it again`,
    );
  }
  if (verb === 'updated' && attribution.some((field) => field in value)) {
    throw refused(
      `whom ${key} is for, which may have changed its subtasks, too`,
      `docket update ${key} --client NAME, --project NAME or --infra NAME says it anew`,
    );
  }
  if (verb === 'moved') {
    const { parent } = readValues(row.oldValue);
    throw refused(
      `the move of ${key}, which has another key now`,
      `docket update ${key} --parent ${isKey(parent) ? parent : "''"} moves it back`,
    );
  }
  if (verb === 'retimed') {
    throw refused(`the time of ${key}`, `docket stop ${key} --minutes N says it anew`);
  }
  if (!undoable.has(verb)) throw refused(`${JSON.stringify(verb)} on ${key}`, 'docket log');
  if (requestId === null) {
    throw refused(`what an older docket wrote of ${key}`, `docket show ${key}`);
  }
}

/** Whether a value of an event is a key: whoever may write events may write others. */
function isKey(value: unknown): value is string {
  return typeof value === 'string' && parseKeyQuery(value, '') !== undefined;
}

function refused(what: string, hint: string): DocketError {
  return new DocketError('conflict', `your last change cannot be undone: ${what}`, { hint });
}

function readEvent({ seq, verb, taskId, key, runId, createdAt, ...row }: WorkerEvent): PastEvent {
  const values = readValues(row.newValue);
  return {
    ...{ seq, verb, runId, taskId: taskId ?? '', key: key ?? '', at: storedTime(createdAt) },
    old: readValues(row.oldValue),
    new: values,
    isDerived: 'followed' in values,
  };
}

/** Reads the values of an event; what is no object has none. */
export function readValues(json: string | null): Values {
  const value = json === null ? {} : readJson(json);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
