// Without zod: what completes a task makes its work item, and hooks share that code.
import { byWord } from '../known-word.ts';
import { limits } from '../limits.ts';
import type { MinutesPart } from '../run/minutes-part.ts';
import type { Task, TaskType } from '../task/task.ts';

/** What was done for a client, to be billed: one for each completed task that is no subtask. */
export interface WorkItem extends Work {
  readonly id: string;
  readonly taskId: string;
  readonly session: string;
  readonly completedAt: string;
  readonly archivedAt: string | null;
  /** Minutes that were invoiced; null: none yet. */
  readonly invoicedMinutes: number | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly revision: string;
}

/** The part of a work item that follows its task. */
export interface Work {
  readonly clientId: string;
  readonly projectId: string | null;
  readonly category: string;
  readonly problem: string;
  readonly solution: string;
  readonly billableMinutes: number;
  /** What they come from; an older docket did not say. */
  readonly minutesFrom: readonly MinutesPart[];
  /** Names of the infrastructure that it was done on. */
  readonly affectedSystems: readonly string[];
  readonly technologies: readonly string[];
}

/** The category by task type, unless the context has its own `category`. */
const categories: Readonly<Record<TaskType, string>> = {
  bugfix: 'troubleshooting',
  implementation: 'development',
  deployment: 'deployment',
  documentation: 'documentation',
  research: 'research',
  analysis: 'consulting',
  review: 'quality assurance',
  testing: 'quality assurance',
};

/** The fields of a task that its work item is made of. */
export type ToldTask = Pick<Task, 'id' | 'parentId' | 'title' | 'type' | 'status' | 'outcome'> & {
  readonly context: Readonly<Record<string, unknown>>;
};

/** @throws DocketError `schema_too_new` when only the task type of a newer docket could say it. */
export function categoryOf({ type, context }: ToldTask): string {
  const category = textIn(context, 'category') ?? byWord(categories, type, 'task type');
  return clip(category, limits.category);
}

export function problemOf({ title, context }: ToldTask): string {
  return textIn(context, 'problem') ?? title;
}

/**
 * Gives the task's outcome, after what came of it before its review, or the outcomes of its
 * completed subtasks, a line each. A client does not read the verdicts of reviews, unless reviews
 * are all there is.
 */
export function solutionOf(task: ToldTask, below: readonly ToldTask[]): string {
  if (task.outcome) {
    return [...listIn(task.context, 'earlier_outcomes'), task.outcome].join('\n');
  }
  const done = below.filter(
    ({ parentId, status }) => parentId === task.id && status === 'completed',
  );
  const textOf = (subtasks: readonly ToldTask[]) =>
    subtasks
      .map((subtask) => solutionOf(subtask, below))
      .filter((text) => text !== '')
      .join('\n');
  return textOf(done.filter(({ type }) => type !== 'review')) || textOf(done);
}

/** Lists the `technologies` of the contexts and what their environment runs. */
export function technologiesOf(tasks: readonly ToldTask[]): readonly string[] {
  const named = tasks.flatMap(({ context }) => [
    ...listIn(context, 'technologies'),
    ...environmentOf(context),
  ]);
  return [...new Set(named.map((name) => name.trim()).filter((name) => name !== ''))];
}

function environmentOf({ environment }: ToldTask['context']): readonly string[] {
  if (typeof environment !== 'object' || environment === null) return [];
  const known = environment as Readonly<Record<string, unknown>>;
  return ['os', 'runtime', 'project_type'].flatMap((key) => textIn(known, key) ?? []);
}

function textIn(context: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = Object.hasOwn(context, key) ? context[key] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Reads a list of texts, or one text with commas. */
function listIn(context: Readonly<Record<string, unknown>>, key: string): readonly string[] {
  const value = Object.hasOwn(context, key) ? context[key] : undefined;
  if (typeof value === 'string') return value.split(',');
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function clip(text: string, limit: number): string {
  return text.length <= limit ? text : [...text].slice(0, limit).join('');
}
