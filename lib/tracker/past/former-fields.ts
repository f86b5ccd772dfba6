import { statuses } from '../../model/task/status.ts';
import type { Claim } from '../../model/task/task.ts';
import type { SqlValue } from '../../store/contract.ts';
import { noClaim } from '../tasks/change-status.ts';

/** Values by column, as they are stored. */
export type Columns = Readonly<Record<string, SqlValue>>;

/** How the value of a column is checked: whoever may write events may write others. */
type Check = 'text' | 'text?' | 'int' | 'int?' | 'time?';

/** The columns that an event may give back. */
const checks: Readonly<Record<string, Check>> = {
  title: 'text',
  description: 'text',
  status: 'text',
  task_type: 'text',
  priority: 'int',
  estimated_complexity: 'text?',
  estimated_minutes: 'int?',
  assigned_agent: 'text?',
  due: 'time?',
  not_before: 'time?',
  labels: 'text?',
  claim_session_id: 'text?',
  claim_agent_id: 'text?',
  claim_actor: 'text?',
  claimed_at: 'time?',
  claim_branch: 'text?',
  blocked_reason: 'text?',
  client_id: 'text?',
  project_id: 'text?',
  billable: 'int',
  billable_minutes: 'int?',
  billable_minutes_by: 'text?',
  task_context: 'text',
  outcome: 'text?',
  started_at: 'time?',
  completed_at: 'time?',
};

/** Reads the former values of columns from the fields of an event; others are left out. */
export function formerColumns(fields: Readonly<Record<string, unknown>>): Columns {
  const values: Record<string, SqlValue> = {};
  for (const [column, check] of Object.entries(checks)) {
    if (!Object.hasOwn(fields, column)) continue;
    const value = readValue(fields[column], check);
    if (value !== undefined) values[column] = value;
  }
  if (values.status !== undefined && !statuses.some((each) => each === values.status)) {
    delete values.status;
  }
  // A task that was open had not ended.
  const wasOpen =
    values.status !== undefined && !['completed', 'cancelled'].includes(`${values.status}`);
  return wasOpen ? { ...values, completed_at: null } : values;
}

function readValue(value: unknown, check: Check): SqlValue | undefined {
  const mayBeNull = check.endsWith('?');
  if (value === null) return mayBeNull ? null : undefined;
  if (check.startsWith('int')) return Number.isSafeInteger(value) ? (value as number) : undefined;
  if (typeof value !== 'string') return undefined;
  return check === 'time?' ? storedForm(value) : value;
}

/** Gives a time as it is stored, whichever form an event has. */
function storedForm(value: string): string | undefined {
  const [, day, clock, milli = ''] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z?$/.exec(value) ?? [];
  return day === undefined ? undefined : `${day} ${clock}.${milli.padEnd(3, '0').slice(0, 3)}`;
}

/** Gives the columns of a task's claim. */
export function columnsOfClaim(claim: Claim | null): Columns {
  return claimColumnsOf(claim) ?? noClaim;
}

/** Gives the columns of a claim that an event tells; undefined for what is none. */
export function claimColumnsOf(claim: unknown): Columns | undefined {
  if (claim === null) return noClaim;
  if (typeof claim !== 'object') return undefined;
  const { session, agent, actor, since, branch }: Partial<Record<keyof Claim, unknown>> = {
    ...claim,
  };
  const at = typeof since === 'string' ? storedForm(since) : undefined;
  if (typeof session !== 'string' || typeof agent !== 'string' || typeof actor !== 'string') {
    return undefined;
  }
  return at === undefined
    ? undefined
    : {
        claim_session_id: session,
        claim_agent_id: agent,
        claim_actor: actor,
        claimed_at: at,
        claim_branch: typeof branch === 'string' ? branch : null,
      };
}
