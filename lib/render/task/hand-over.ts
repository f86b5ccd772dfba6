import type { DoneBefore, HandOver, PartOf } from '../../model/answers/hand-over.ts';
import type { ClaimAnswer, ClaimsAnswer, NoteView, TaskView } from '../../model/answers/task.ts';
import { entriesOf, entriesOfAll } from '../../model/checklist/context-entries.ts';
import { labelled } from '../../model/checklist/label.ts';
import { firstParagraph } from '../../model/first-paragraph.ts';
import { fieldsWhere } from '../../model/report/fields.ts';
import { pastBlocksOf } from '../../model/task/past-blocks.ts';
import { isClosed } from '../../model/task/status.ts';
import { mainAgent } from '../../model/worker.ts';
import { renderKey } from '../text/key.ts';
import { renderPastBlock } from '../text/past-block.ts';
import { clip, renderQuoted, safeLine } from '../text/safe-text.ts';
import { section } from '../text/section.ts';
import { renderRunner, renderWho } from '../text/who.ts';

const fileFields = [
  ...fieldsWhere(({ part }) => part === 'created' || part === 'modified'),
  'docs_created',
];
const findingFields = fieldsWhere(({ isResult }) => isResult === true).filter(
  (field) => !fileFields.includes(field),
);
/** The fields of a plan that say what was asked and why. */
const askedFields = fieldsWhere(({ saidBy }) => saidBy === 'people');

/** Lines of a section and characters of a line. */
interface Size {
  readonly lines: number;
  readonly characters: number;
}
/** What fits a screen: whoever claims reads it and begins. */
const brief: Size = { lines: 5, characters: 240 };
const whole: Size = { lines: 40, characters: 2_000 };

/** A task with what is known of it elsewhere. */
export interface Claimed extends Pick<ClaimAnswer, 'task' | 'handOver'> {
  readonly notes: readonly NoteView[];
}

/** Tells whoever works on a task what earlier steps found; `docket show` tells all of it. */
export function renderTold({ task, handOver, notes }: Claimed): readonly string[] {
  return [
    ...renderPartOf(handOver, brief),
    ...renderQuoted(task.description),
    ...soFar(task, brief),
    ...issues(task, handOver, brief),
    ...wasBlocked(task, brief),
    ...sections(handOver, brief),
    ...section(`Notes, ${notes.length}`, newest(notes.map(noteLine), brief)),
  ];
}

/** Tells the same to whoever claims a task, and how to go on. */
export function renderClaimed(claimed: Claimed): readonly string[] {
  const { task, handOver } = claimed;
  const key = renderKey(task.key);
  // A session that claims for an agent records what that reports.
  const isForAgent = task.claim?.agent === task.assignedAgent && task.assignedAgent !== null;
  return [
    ...renderTold(claimed),
    '',
    `${isForAgent ? reportWords(key, handOver) : `When done: docket close ${key} --outcome TEXT`}. All that is known: docket show ${key}`,
  ];
}

/** Tells it of each of several tasks, under its own name. */
export function renderAllClaimed({ tasks, handOvers }: ClaimsAnswer): readonly string[] {
  return tasks.flatMap((task, index) => {
    const told = handOvers[index];
    if (told === undefined) return [];
    return [
      '',
      `${renderKey(task.key)}  ${safeLine(task.title, 500)}`,
      ...renderClaimed({ task, ...told }),
    ];
  });
}

/** Renders the sections of a task's page that tell of other tasks. */
export function renderHandOver(task: TaskView, handOver: HandOver): readonly string[] {
  return [
    ...section('The plan', renderPartOf(handOver, whole)),
    ...issues(task, handOver, whole),
    ...wasBlocked(task, whole),
    ...sections(handOver, whole),
    ...section(
      'Earlier attempts',
      newest(
        earlierAttempts(task, handOver).map((run) => {
          const { role, status, verdict, error } = run;
          return `${renderRunner(run, 100)} (${safeLine(role, 32)}): ${safeLine(verdict ?? status, 32)}${error === null ? '' : `: ${safeLine(error, 500)}`}`;
        }),
        whole,
      ),
    ),
    ...reportLine(task, handOver),
  ];
}

/** Leaves out the one run that did a closed task: nothing was attempted before it. */
function earlierAttempts({ status }: TaskView, { earlier }: HandOver): HandOver['earlier'] {
  const isPlain = isClosed(status) && earlier.length === 1 && earlier[0]?.status === 'completed';
  return isPlain ? [] : earlier;
}

/** Says how an agent reports on an open leaf; a person's plain task is closed instead. */
function reportLine(task: TaskView, { partOf, reportFields }: HandOver): readonly string[] {
  const { key, status, subtaskCount, claim, assignedAgent } = task;
  const isAgents = assignedAgent !== null || (claim !== null && claim.agent !== mainAgent);
  if (subtaskCount > 0 || isClosed(status) || reportFields.length === 0) return [];
  if (partOf.length === 0 && !isAgents) return [];
  return ['', reportWords(renderKey(key), { reportFields })];
}

function reportWords(key: string, { reportFields }: Pick<HandOver, 'reportFields'>): string {
  return `docket report ${key} JSON may have: ${reportFields.join(', ')}`;
}

/** Names the plan with its progress, and says what was asked. */
function renderPartOf({ partOf, progress }: HandOver, size: Size): readonly string[] {
  return partOf.flatMap((part, index) => {
    const isPlan = index === 0 && progress !== null;
    const done = isPlan
      ? `, ${progress.done} of ${progress.total} ${progress.total === 1 ? 'step' : 'steps'} done`
      : '';
    return [
      `Part of ${safeLine(part.title, 200)} (${renderKey(part.key)}${done})`,
      ...asked(part, size),
    ];
  });
}

function asked({ description, context }: PartOf, size: Size): readonly string[] {
  const texts = askedFields.flatMap((field) =>
    entriesOf(context, field).map((text) => `${field}: ${text}`),
  );
  const lines = [...texts, ...description.split('\n')].flatMap(renderQuoted);
  const left = lines.length - size.lines;
  const shown = lines.slice(0, size.lines).map((line) => clip(line, size.characters));
  return [...shown, ...(left > 0 ? [`  +${left} more`] : [])];
}

function sections({ before, insights }: HandOver, size: Size): readonly string[] {
  // Where not all of it fits, what the task needs stays.
  const steps = [
    ...before.filter(({ isNeeded }) => !isNeeded),
    ...before.filter(({ isNeeded }) => isNeeded),
  ];
  return [
    ...section(
      'Done before',
      newest(
        steps.flatMap((step) => stepLines(step, size)),
        size,
      ),
    ),
    ...section(
      'Known',
      oldest(
        insights.map(({ subject, text }) => `${subject}: ${text}`),
        size,
      ),
    ),
  ];
}

function stepLines({ key, title, outcome, results }: DoneBefore, size: Size): readonly string[] {
  const files = entriesOfAll(results, fileFields);
  const facts = findingFields.flatMap((field) =>
    entriesOf(results, field).map((text) => labelled(field, text)),
  );
  // A step without an outcome came to what it found.
  const [came, more] =
    outcome === null && size === brief
      ? [entriesOfAll(results, findingFields).map(firstParagraph).join('; '), []]
      : [outcome, facts];
  const what = firstParagraph(came ?? '');
  return [
    `${renderKey(key)} ${title}${what === '' ? '' : `: ${what}`}${files.length === 0 ? '' : ` (${files.join(', ')})`}`,
    ...(size === whole ? more.map((fact) => `${renderKey(key)} ${fact}`) : []),
  ];
}

/** Lists what reviews found, unless the last one approved. */
function issues({ type, context }: TaskView, { earlier }: HandOver, size: Size): readonly string[] {
  const last = earlier.findLast(({ verdict }) => verdict !== null);
  if (last?.verdict === 'approved') return [];
  const newest = earlier.findLast(({ role, status }) => role === 'work' && status === 'completed');
  // Whoever is told of work that is done anew is to judge it.
  const isJudge = type === 'review' || (newest !== undefined && newest.verdict === null);
  const title =
    last === undefined
      ? 'Issues found'
      : isJudge
        ? 'What the last review found'
        : 'To mend, as the review found';
  return section(title, oldest(entriesOf(context, 'issues_found'), size));
}

/** Says what there is of open work that was done before: its review sent it back, or a person. */
function soFar({ context, outcome }: TaskView, size: Size): readonly string[] {
  const files = entriesOfAll(context, fileFields);
  return section('So far', [
    ...(outcome === null ? [] : oldest([firstParagraph(outcome)], size)),
    ...(files.length === 0 ? [] : oldest([files.join(', ')], size)),
  ]);
}

/** Says by what a task was blocked, and how that was settled. */
function wasBlocked({ context }: TaskView, size: Size): readonly string[] {
  return section('Was blocked', newest(pastBlocksOf(context).map(renderPastBlock), size));
}

function noteLine({ text, ...note }: NoteView): string {
  return `${renderWho(note)}: ${text}`;
}

/** Shows the last of the lines, which are in the order of time, and counts the rest. */
function newest(lines: readonly string[], { lines: most, characters }: Size): readonly string[] {
  const left = Math.max(0, lines.length - most);
  return [
    ...(left > 0 ? [`  +${left} earlier`] : []),
    ...lines.slice(left).map((line) => `- ${safeLine(line, characters)}`),
  ];
}

/** Shows the first of the lines, and counts the rest. */
function oldest(lines: readonly string[], { lines: most, characters }: Size): readonly string[] {
  const left = Math.max(0, lines.length - most);
  return [
    ...lines.slice(0, most).map((line) => `- ${safeLine(line, characters)}`),
    ...(left > 0 ? [`  +${left} more`] : []),
  ];
}
