import type { TaskContext } from '../../model/task/input.ts';
import type { EventChange } from '../../store/tables/event-row.ts';
import { readValues, undoneVerb, type Values } from '../undo/past-verb.ts';
import { type Columns, claimColumnsOf, formerColumns } from './former-fields.ts';

/** What the list was before an event, one thing after the other. */
export type Step =
  /** The task was not there. */
  | { readonly kind: 'absent'; readonly taskId: string }
  | { readonly kind: 'columns'; readonly taskId: string; readonly values: Columns }
  /** Fields of the context, null where there was none. */
  | { readonly kind: 'context'; readonly taskId: string; readonly fields: TaskContext }
  | { readonly kind: 'infrastructure'; readonly taskId: string; readonly ids: readonly string[] }
  | {
      readonly kind: 'place';
      readonly taskId: string;
      readonly from: string;
      readonly to: string;
      readonly parent: string;
    }
  | {
      readonly kind: 'link';
      readonly taskId: string;
      readonly target: string;
      readonly type: string;
      /** Whether it was there before. */
      readonly wasThere: boolean;
    }
  /** The tree of the task was in the archive. */
  | { readonly kind: 'restored'; readonly taskId: string }
  /** The names of fields, as answers have them, of which the event does not tell how they were. */
  | { readonly kind: 'not known'; readonly taskId: string; readonly fields: readonly string[] };

/** Tells how the list was before an event. */
export function rewind({ taskId, verb, oldValue, newValue }: EventChange): readonly Step[] {
  if (taskId === null) return [];
  const old = readValues(oldValue);
  const value = readValues(newValue);
  switch (verb) {
    case 'created':
      return [{ kind: 'absent', taskId }];
    case 'restored':
      return [{ kind: 'restored', taskId }];
    case 'linked':
      return linkSteps(taskId, value, false);
    case 'unlinked':
      return linkSteps(taskId, old, true);
    case 'moved':
      return [...placeSteps(taskId, old, value), ...wasSteps(taskId, old)];
    default:
      return [...valueSteps(taskId, { verb, old, value }), ...wasSteps(taskId, old)];
  }
}

/** Gives the outermost keys of the trees that an event took out of the list, into the archive. */
export function archivedKeysIn({ taskId, verb, newValue }: EventChange): readonly string[] {
  if (taskId !== null || verb !== 'archived') return [];
  const { keys } = readValues(newValue);
  return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
}

function linkSteps(taskId: string, link: Values, wasThere: boolean): readonly Step[] {
  const { target, type } = link;
  if (typeof target !== 'string' || typeof type !== 'string') return [];
  return [{ kind: 'link', taskId, target, type, wasThere }];
}

function placeSteps(taskId: string, old: Values, value: Values): readonly Step[] {
  const { key: to, parent } = old;
  const { key: from } = value;
  if (typeof to !== 'string' || typeof from !== 'string') return [];
  return [{ kind: 'place', taskId, from, to, parent: typeof parent === 'string' ? parent : '' }];
}

interface Told {
  readonly verb: string;
  readonly old: Values;
  readonly value: Values;
}

function valueSteps(taskId: string, event: Told): readonly Step[] {
  const { old } = event;
  const claim = claimBefore(event);
  const { infrastructure_ids: ids } = old;
  const isList = Array.isArray(ids) && ids.every((id) => typeof id === 'string');
  const untold = isTold(old) ? [] : untoldByOlder(event);
  return [
    {
      kind: 'columns',
      taskId,
      values: { ...startedBefore(event), ...formerColumns(old), ...claim },
    },
    ...(isList ? [{ kind: 'infrastructure', taskId, ids } as const] : []),
    ...(untold.length === 0 ? [] : [{ kind: 'not known', taskId, fields: untold } as const]),
  ];
}

/** Gives the status before a claim ended as the task got subtasks, which an older docket left out. */
function startedBefore({ verb, old }: Told): Columns {
  return verb === 'released' && isRecord(old.claim) ? { status: 'in_progress' } : {};
}

/** Whether this docket wrote an event, or a newer one: it tells what the task was from. */
function isTold(old: Values): boolean {
  return typeof old.was === 'object' && old.was !== null;
}

/** Gives the claim before an event. Events of older dockets leave it out where there was none. */
function claimBefore({ verb, old, value }: Told): Columns {
  if (Object.hasOwn(old, 'claim')) return claimColumnsOf(old.claim) ?? {};
  if (isTold(old)) return {};
  if (verb === 'claim_moved') {
    return typeof old.session === 'string' ? { claim_session_id: old.session } : {};
  }
  const isMove = Object.hasOwn(old, 'status') && !Object.hasOwn(value, 'followed');
  return isMove && verb !== 'reported' ? (claimColumnsOf(null) ?? {}) : {};
}

const attribution = ['client', 'project', 'infrastructure', 'billable'];

/** The verbs that end a run, with which an older docket wrote files into the context. */
const ending: ReadonlySet<string> = new Set([
  ...['completed', 'cancelled', 'released', 'blocked', 'stolen', 'reported', 'reopened'],
]);

/** Lists what an event of an older docket may have changed without saying from what. */
function untoldByOlder({ verb, value }: Told): readonly string[] {
  if (verb === 'updated') return attribution.filter((field) => Object.hasOwn(value, field));
  if (verb === undoneVerb) {
    return ['outcome', 'context', 'startedAt', 'completedAt', 'blockedReason', 'assignedAgent'];
  }
  return ending.has(verb) && !Object.hasOwn(value, 'followed') ? ['context'] : [];
}

/** Reads what an event says beyond its own fields, of its task and of others. */
function wasSteps(taskId: string, { was }: Values): readonly Step[] {
  if (!isRecord(was)) return [];
  const others = Array.isArray(was.others) ? was.others.filter(isRecord) : [];
  return [
    ...fieldSteps(taskId, was),
    ...others.flatMap((other) =>
      (Array.isArray(other.tasks) ? other.tasks : [])
        .filter((id) => typeof id === 'string')
        .flatMap((id) => fieldSteps(id, other)),
    ),
  ];
}

function fieldSteps(taskId: string, was: Values): readonly Step[] {
  const values = formerColumns(was);
  const { context } = was;
  return [
    ...(Object.keys(values).length === 0 ? [] : [{ kind: 'columns', taskId, values } as const]),
    ...(isRecord(context) ? [{ kind: 'context', taskId, fields: context } as const] : []),
  ];
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
