import type { TaskInput } from '../model/task/input.ts';
import { recordReport } from '../tracker/agents/report.ts';
import type { Scope } from '../tracker/scope.ts';
import { blockTask } from '../tracker/tasks/block.ts';
import { closeTask } from '../tracker/tasks/close.ts';
import { createTask } from '../tracker/tasks/create.ts';
import { addNote } from '../tracker/tasks/note.ts';
import type { Entry } from './entry.ts';

/** The fields of the inputs of the verbs that are queued, which were checked before. */
interface Input extends TaskInput {
  readonly task?: string;
  readonly tasks?: readonly string[];
  readonly parent?: string;
  readonly needs?: readonly string[];
  readonly text?: string;
  readonly reason?: string;
  readonly report?: unknown;
  /** The run that a report is of; else the one under way. */
  readonly run?: string;
  readonly cost_micros?: number;
  readonly keeps_claim?: boolean;
  readonly outcome?: string;
  readonly follow_ups?: readonly TaskInput[];
}

/**
 * Does what a queued change asks, as its own worker, once.
 *
 * @param list the open list; its worker does not count.
 * @param now milliseconds since 1970, by this machine's clock.
 * @throws DocketError of the verb; AlreadyApplied
 */
export async function applyEntry(
  list: Omit<Scope, 'worker'>,
  entry: Entry,
  now: number,
): Promise<void> {
  const { requestId, worker, mode, makes, needsClaim } = entry;
  const age = Math.max(0, now - entry.at);
  const queued = { keys: makes, age, needsClaim };
  const scope: Scope = { ...list, worker, requestId, queued, mode };
  const { task, tasks, ...input } = entry.input as unknown as Input;
  const keys = tasks ?? task ?? '';
  switch (entry.verb) {
    case 'create': {
      const { parent, needs = [], ...fields } = input;
      await createTask(scope, fields, { parent, needs });
      return;
    }
    case 'note':
      await addNote(scope, task ?? '', input.text ?? '');
      return;
    case 'block':
      await blockTask(scope, keys, { reason: input.reason ?? '' });
      return;
    case 'close':
      await closeTask(scope, keys, {
        outcome: input.outcome,
        billableMinutes: input.billable_minutes ?? undefined,
        followUps: input.follow_ups ?? [],
      });
      return;
    case 'report':
      if (entry.policy === undefined) return;
      await recordReport(scope, task ?? '', input.report, {
        policy: entry.policy,
        ...(input.run === undefined ? {} : { runId: input.run }),
        costMicros: input.cost_micros,
        keepsClaim: input.keeps_claim ?? true,
      });
  }
}
