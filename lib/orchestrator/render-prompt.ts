import type { EarlierRun } from '../model/answers/hand-over.ts';
import type { RunView } from '../model/answers/run.ts';
import type { TaskView } from '../model/answers/task.ts';
import { entriesOf } from '../model/checklist/context-entries.ts';
import { fieldsWhere } from '../model/report/fields.ts';
import type { TaskContext } from '../model/task/input.ts';
import { pastBlocksOf } from '../model/task/past-blocks.ts';
import { renderPastBlock } from '../render/text/past-block.ts';
import { safeLine, safeLines } from '../render/text/safe-text.ts';
import { section } from '../render/text/section.ts';
import { renderRunner } from '../render/text/who.ts';
import type { Assignment } from './describe-assignment.ts';

/** The longest text in code points; an agent can run `docket show` for the rest. */
const longest = 8_000;

/** The fields of the context that describe the work. */
const workFields = fieldsWhere(({ saidBy }) => saidBy !== undefined);
/** The fields that hold results of earlier runs. */
const resultFields = fieldsWhere(({ isResult }) => isResult === true);

/** Tells an agent its task, what the task is part of, what is known, and how to answer. */
export function renderPrompt(assignment: Assignment): string {
  const { task, run, handOver, notes } = assignment;
  const { partOf, before, insights } = handOver;
  return [
    ...opening(assignment),
    ...section('## Task', [
      `${task.key}: ${safeLine(task.title, 500)}`,
      ...textOf(task.description),
    ]),
    ...section('## Context', contextOf(task.context, workFields)),
    ...partOf.flatMap((container) => [
      '',
      `## Part of ${container.key}: ${safeLine(container.title, 500)}`,
      ...textOf(container.description),
      ...contextOf(container.context, workFields),
    ]),
    ...before.flatMap(({ title, outcome, results }) =>
      section(`## Done before: ${safeLine(title, 500)}`, resultsOf({ outcome, context: results })),
    ),
    ...(run.role === 'review' || run.cycle > 1 || run.attempt > 1
      ? section('## So far', soFar(assignment))
      : []),
    ...section(
      '## Was blocked, and is no more',
      pastBlocksOf(task.context)
        .slice(-6)
        .map((block) => item(renderPastBlock(block))),
    ),
    ...section(
      '## Known',
      insights.map(({ subject, text }) => item(`${subject}: ${text}`)),
    ),
    ...section(
      run.role === 'work' ? '## Issues to mend' : '## Found by the review before',
      contextOf(task.context, ['issues_found']),
    ),
    ...section(
      'Notes',
      notes
        .slice(-10)
        .flatMap(({ actor, text }) => [`From ${safeLine(actor, 60)}:`, ...textOf(text)]),
    ),
    ...closing(run),
  ].join('\n');
}

function opening({ task, run }: Assignment): readonly string[] {
  const what = run.role === 'review' && task.type !== 'review' ? 'judge the work on' : 'do';
  return [
    `You are an agent of a larger plan. In this run you ${what} one task of it, and nothing else.`,
    'The orchestrator keeps the task list: create, claim and close no tasks. You may look things up',
    `(docket show ${task.key}) and leave notes on your progress (docket note ${task.key} TEXT).`,
  ];
}

function closing({ role }: RunView): readonly string[] {
  const verdict =
    role === 'review'
      ? [
          'approval is "approved" only when the work can go out as it is, else "rejected", with each',
          'problem in issues_found: where, what, and what would be right. Change no files yourself.',
        ]
      : ['Name each file you created or changed, by its path in the project.'];
  return [
    '',
    '## Report',
    'End with the structured report. status is "completed" when the task is done; "blocked" when it',
    'takes something that you cannot get, with what in blockers; "failed" when you tried and could',
    'not; "needs_review" when somebody should look at it first. outcome says in a sentence or two',
    'what came of it. insights are lasting facts that the next one to work here should know.',
    ...verdict,
  ];
}

/**
 * The statuses of runs that were cut off: they tell nothing of the task, and many of them would
 * hide the runs that do.
 */
const cutOff: ReadonlySet<string> = new Set(['lost', 'cancelled', 'released']);

function soFar({ task, handOver: { earlier } }: Assignment): readonly string[] {
  const telling = earlier.filter(({ status }) => !cutOff.has(status));
  return [...telling.slice(-6).map(runLine), ...(task.outcome === null ? [] : resultsOf(task))];
}

function runLine(run: EarlierRun): string {
  const end = run.verdict ?? run.status;
  const why = run.error === null ? '' : `: ${safeLine(run.error, 500)}`;
  return `- ${renderRunner(run, 100)} (${run.role}): ${end}${why}`;
}

function resultsOf({ outcome, context }: Pick<TaskView, 'outcome' | 'context'>): readonly string[] {
  return [...textOf(outcome ?? ''), ...contextOf(context, resultFields)];
}

function contextOf(context: TaskContext, keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => {
    const value = Object.hasOwn(context, key) ? context[key] : undefined;
    if (value === undefined || value === null || value === '') return [];
    if (Array.isArray(value)) {
      const texts = entriesOf(context, key);
      return texts.length === 0 ? [] : [`${key}:`, ...texts.map(item)];
    }
    return typeof value === 'string'
      ? [`${key}:`, ...textOf(value)]
      : [`${key}: ${safeLine(JSON.stringify(value), longest)}`];
  });
}

function item(text: string): string {
  return `- ${safeLine(text, 2_000)}`;
}

/** Quotes a text, so that no line of it can pass for docket's own. */
function textOf(text: string): readonly string[] {
  const cut = [...text].slice(0, longest).join('');
  return cut.trim() === '' ? [] : safeLines(cut).map((line) => `> ${line}`);
}
