import { isDeepStrictEqual } from 'node:util';
import type { FieldChange } from '../../model/answers/history.ts';
import type { Task } from '../../model/task/task.ts';
import type { SqlValue } from '../../store/contract.ts';
import { changeableValues } from '../../store/tables/task-row.ts';
import { readContext, readJson } from '../stored-json.ts';
import { isoTime, storedTime } from '../stored-time.ts';
import { type Columns, columnsOfClaim } from './former-fields.ts';
import type { Step } from './rewind.ts';

/** The names that answers have for columns. */
const names: Readonly<Record<string, string>> = {
  title: 'title',
  description: 'description',
  status: 'status',
  task_type: 'type',
  priority: 'priority',
  estimated_complexity: 'complexity',
  estimated_minutes: 'estimatedMinutes',
  assigned_agent: 'assignedAgent',
  due: 'due',
  not_before: 'notBefore',
  labels: 'labels',
  blocked_reason: 'blockedReason',
  client_id: 'client',
  project_id: 'project',
  billable: 'billable',
  billable_minutes: 'billableMinutes',
  billable_minutes_by: 'billableMinutesBy',
  outcome: 'outcome',
  started_at: 'startedAt',
  completed_at: 'completedAt',
};

/** A task as far as its events tell of it, while they are gone through from the newest. */
export interface Known {
  values: Columns;
  /** The slugs of its infrastructure, where that is known. */
  infrastructure: readonly string[] | undefined;
}

/** Gives what is known of a task as it is now. */
export function knownOf(task: Task): Known {
  const times = { started_at: task.startedAt, completed_at: task.completedAt };
  return {
    values: {
      ...changeableValues(task),
      ...Object.fromEntries(
        Object.entries(times).map(([name, at]) => [name, at && storedTime(at)]),
      ),
      ...columnsOfClaim(task.claim),
    },
    infrastructure: undefined,
  };
}

/**
 * Takes a step back, and tells what it changed forwards: from the value before to the one known.
 *
 * @param slugs of registry entries by id
 */
export function stepBack(
  known: Known,
  step: Step,
  slugs: ReadonlyMap<string, string>,
): readonly FieldChange[] {
  switch (step.kind) {
    case 'columns': {
      const before = { ...known.values, ...step.values };
      const changes = columnChanges(before, known.values, slugs);
      known.values = before;
      return changes;
    }
    case 'context': {
      const context = readContext(String(known.values.task_context ?? '{}'));
      const before = Object.fromEntries(
        Object.entries({ ...context, ...step.fields }).filter(([, value]) => value !== null),
      );
      const changes = contextChanges(before, context);
      known.values = { ...known.values, task_context: JSON.stringify(before) };
      return changes;
    }
    case 'infrastructure': {
      const from = step.ids.map((id) => slugs.get(id) ?? id);
      const to = known.infrastructure ?? null;
      known.infrastructure = from;
      return [{ field: 'infrastructure', from, to }];
    }
    case 'place':
      return [{ field: 'key', from: step.to, to: step.from }];
    default:
      return [];
  }
}

function columnChanges(
  before: Columns,
  after: Columns,
  slugs: ReadonlyMap<string, string>,
): readonly FieldChange[] {
  const plain = Object.entries(names).flatMap(([column, field]) => {
    const [from, to] = [before, after].map((values) => view(column, values[column], slugs));
    return isDeepStrictEqual(from, to) ? [] : [{ field, from, to }];
  });
  const [from, to] = [before, after].map(viewClaim);
  const texts = [before, after].map((values) => readContext(String(values.task_context ?? '{}')));
  return [
    ...plain,
    ...(isDeepStrictEqual(from, to) ? [] : [{ field: 'claim', from, to }]),
    ...(before.task_context === after.task_context
      ? []
      : contextChanges(texts[0] ?? {}, texts[1] ?? {})),
  ];
}

function contextChanges(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [from, to] = [before[name] ?? null, after[name] ?? null];
    return isDeepStrictEqual(from, to) ? [] : [{ field: `context.${name}`, from, to }];
  });
}

const times: ReadonlySet<string> = new Set(['due', 'not_before', 'started_at', 'completed_at']);

/** Gives the value of a column as answers have it. */
function view(
  column: string,
  value: SqlValue | undefined,
  slugs: ReadonlyMap<string, string>,
): unknown {
  if (value === null || value === undefined) return column === 'labels' ? [] : null;
  if (times.has(column)) return `${value}`.endsWith('Z') ? value : isoTime(`${value}`);
  if (column === 'labels') return readJson(`${value}`);
  if (column === 'billable') return value === 1;
  return column.endsWith('_id') ? (slugs.get(`${value}`) ?? value) : value;
}

function viewClaim(values: Columns): unknown {
  const { claim_session_id: session, claim_agent_id: agent, claim_actor: actor } = values;
  return session === null || session === undefined ? null : { session, agent, actor };
}
