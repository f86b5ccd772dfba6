import type { DoneBefore, HandOver } from '../../model/answers/hand-over.ts';
import { findByWord } from '../../model/known-word.ts';
import { commonFields, fieldsOfType, fieldsWhere } from '../../model/report/fields.ts';
import type { Run } from '../../model/run/run.ts';
import { containerKeys } from '../../model/task/key-tree.ts';
import type { Task, TaskType } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { progressOf, stepsDoneBeside } from '../../store/queries/hand-over.ts';
import { known, mapped, type Request, together } from '../../store/sql/request.ts';
import { tasksByKeys, tasksNeededBy } from '../../store/tables/task-lookups.ts';
import { readContext } from '../stored-json.ts';
import { type AboutTask, factsRequest } from './facts.ts';

const resultFields = fieldsWhere(({ isResult }) => isResult === true);

type Described = AboutTask & Pick<Task, 'type' | 'completedAt'>;

/**
 * Asks for everything that a worker is told of a task beyond the task itself and its notes. The
 * answer takes the runs of the task, which every asker has read.
 */
export function handOverRequest(
  { dialect }: Pick<Db, 'dialect'>,
  task: Described,
): Request<(runs: readonly Run[]) => HandOver> {
  const { key, type, completedAt } = task;
  const containers = containerKeys(key);
  const isStep = containers.length > 0;
  const asked = together(
    tasksByKeys(containers),
    isStep ? progressOf(key) : known(null),
    tasksNeededBy(key),
    isStep ? stepsDoneBeside(key) : known([]),
    factsRequest(dialect, task),
  );
  return mapped(asked, ([parts, progress, needed, beside, facts]) => (runs) => ({
    partOf: parts
      .toSorted((a, b) => a.key.length - b.key.length)
      .map(({ key, title, description, context }) => ({
        ...{ key, title, description },
        context: readContext(context),
      })),
    progress,
    before: doneBefore(
      needed,
      // Of a closed task, what was done after it is not before it.
      beside.filter((step) => !isLater(step, completedAt)),
    ),
    insights: facts.map(({ targetSlug, body }) => ({ subject: targetSlug, text: body })),
    earlier: runs.filter(({ status }) => status !== 'running').map(earlierRun),
    reportFields: fieldsFor(type),
  }));
}

function doneBefore(needed: readonly Task[], beside: readonly Task[]): DoneBefore[] {
  const neededIds = new Set(needed.map(({ id }) => id));
  return [
    ...needed.filter(({ status }) => status === 'completed'),
    ...beside.filter(({ id }) => !neededIds.has(id)).toReversed(),
  ].map((task) => {
    const context = readContext(task.context);
    const results = resultFields.filter((field) => Object.hasOwn(context, field));
    return {
      key: task.key,
      title: task.title,
      outcome: task.outcome,
      results: Object.fromEntries(results.map((field) => [field, context[field]])),
      isNeeded: neededIds.has(task.id),
    };
  });
}

function isLater(step: Task, completedAt: string | null): boolean {
  return completedAt !== null && step.completedAt !== null && step.completedAt > completedAt;
}

function earlierRun(run: Run): HandOver['earlier'][number] {
  const { agent, actor, session, agentId, role, status, verdict, error } = run;
  return { agent, actor, session, agentId, role, status, verdict, error };
}

/** Names the fields of a report; a type of a newer docket has the common ones alone. */
function fieldsFor(type: TaskType): string[] {
  return [...commonFields, ...(findByWord(fieldsOfType, type) ?? [])];
}
