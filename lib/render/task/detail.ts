import type { NoteView, TaskDetail, TaskView } from '../../model/answers/task.ts';
import { findByWord } from '../../model/known-word.ts';
import { isClosed } from '../../model/task/status.ts';
import type { DependencyType } from '../../model/task/task.ts';
import { renderSlug } from '../registry/entries.ts';
import { renderWhen } from '../text/age.ts';
import { renderWorked } from '../text/duration.ts';
import { renderKey } from '../text/key.ts';
import { markOf, statusWords } from '../text/mark.ts';
import { isMeasured, renderMinutesFrom } from '../text/minutes-from.ts';
import { renderDue, renderMoment } from '../text/moment.ts';
import { renderQuoted, safeLine } from '../text/safe-text.ts';
import { renderFact, section } from '../text/section.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderActor, renderWho } from '../text/who.ts';
import { renderArchivedBy } from './archived.ts';
import { type RenderContext, renderClaim } from './claim.ts';
import { renderHandOver } from './hand-over.ts';
import { renderLabels, renderTaskLines } from './list.ts';
import { renderSaid } from './said.ts';

const relationWords: Readonly<Record<DependencyType, string>> = {
  blocks: 'needs',
  related: 'related',
  discovered_from: 'found in',
};

/** Shows everything about one task. What people wrote is quoted, with the author's name. */
export function renderTaskDetail(
  detail: TaskDetail,
  { session, style }: { readonly session: string; readonly style: OutputStyle },
): string {
  const { task, subtasks, relations, notes, handOver, at } = detail;
  const context: RenderContext = { session, at };
  const author = renderActor(task.createdBy);
  const told = renderSaid(task, handOver);
  return [
    ...heading(task, style),
    ...facts(detail, context),
    ...relations.map(({ type, key, title, status, archived }) =>
      renderFact(
        findByWord(relationWords, type) ?? safeLine(type, 32),
        `${renderKey(key)} ${safeLine(title, 100)} (${archived ? 'archived, ' : ''}${statusWords(status)})`,
      ),
    ),
    ...section(`Description, by ${author}`, renderQuoted(task.description)),
    ...section('Blocked', renderQuoted(task.blockedReason ?? '')),
    ...section(outcomeTitle(task), renderQuoted(task.outcome ?? '')),
    ...section('Details', told.lines),
    ...section('Context', contextLines(task, told.fields)),
    ...section('Subtasks', renderTaskLines(subtasks, { ...context, under: task.key }, style)),
    ...renderHandOver(task, style.width === undefined ? detail.handOver : forPeople(detail)),
    ...section(
      `Notes, ${notes.length}`,
      notes.flatMap((note) => noteLines(note, at)),
    ),
  ].join('\n');
}

/** Leaves out what a report may have, which tells people at a terminal nothing. */
function forPeople({ handOver }: TaskDetail): TaskDetail['handOver'] {
  return { ...handOver, reportFields: [] };
}

function heading(task: TaskView, style: OutputStyle): readonly string[] {
  const { sign, paint: colour } = markOf(task.status);
  const key = paint(style, 'bold', renderKey(task.key));
  const state = task.ready ? ', ready' : task.blockers.length > 0 ? ', waiting' : '';
  const status = `${statusWords(task.status)}${task.status === 'pending' ? state : ''}`;
  return [
    `${key}  P${task.priority}  ${paint(style, colour, sign)} ${safeLine(task.title, 500)}`,
    renderFact('status', status),
  ];
}

function facts(detail: TaskDetail, context: RenderContext): readonly string[] {
  const { task, archived } = detail;
  const minutes = (value: number | null) => (value === null ? undefined : `${value} min`);
  const keys = (list: readonly string[]) =>
    list.length === 0 ? undefined : list.map(renderKey).join(', ');
  const slugs = (...list: readonly (string | null)[]) =>
    list.flatMap((slug) => (slug === null ? [] : [renderSlug(slug)])).join(', ') || undefined;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['progress', progressOf(task)],
    ['claim', task.claim === null ? undefined : renderClaim(task.claim, context)],
    ['type', safeLine(task.type, 32)],
    ['complexity', task.complexity === null ? undefined : safeLine(task.complexity, 16)],
    ['estimate', minutes(task.estimatedMinutes)],
    ['due', task.due === null ? undefined : dueFact(task, task.due, context)],
    ['not before', task.notBefore === null ? undefined : renderMoment(task.notBefore, context.at)],
    ['labels', task.labels.length === 0 ? undefined : renderLabels(task.labels)],
    ['client', slugs(task.client)],
    ['project', slugs(task.project)],
    ['infra', slugs(...task.infrastructure)],
    ['billable', billing(detail)],
    ['billed', billed(detail.workItem)],
    ['agent', task.assignedAgent === null ? undefined : safeLine(task.assignedAgent, 100)],
    ['part of', parentOf(task)],
    ['waits for', keys(task.blockers)],
    ['created', `${renderWhen(task.createdAt, detail.at)} by ${renderActor(task.createdBy)}`],
    ['started', task.startedAt === null ? undefined : renderWhen(task.startedAt, detail.at)],
    [task.status === 'cancelled' ? 'cancelled' : 'completed', closedAt(task, detail.at)],
    ['archived', archived && renderArchivedBy(archived, { key: task.key, at: detail.at })],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [renderFact(name, value)]));
}

function progressOf({ progress }: TaskView): string | undefined {
  return progress === null || progress.total === 0
    ? undefined
    : `${progress.done} of ${progress.total}`;
}

function parentOf({ parent, parentTitle }: TaskView): string | undefined {
  return parent === null ? undefined : `${renderKey(parent)} ${safeLine(parentTitle ?? '', 200)}`;
}

function billing({
  task,
  suggestedMinutes,
  heldMinutes,
  minutesFrom,
}: TaskDetail): string | undefined {
  const { billable, billableMinutes, billableMinutesBy, status } = task;
  if (!billable && billableMinutes === null) return undefined;
  const suggested =
    suggestedMinutes === null ? [] : [worked(suggestedMinutes, heldMinutes, isClosed(status))];
  const by = billableMinutesBy === null ? '' : ` said by ${safeLine(billableMinutesBy, 100)}`;
  const plain = billableMinutes === null ? suggested : [`${billableMinutes} min${by}`];
  const minutes = isMeasured(minutesFrom) ? plain : [renderMinutesFrom(minutesFrom, heldMinutes)];
  return [billable ? 'yes' : 'no', ...minutes].join(', ');
}

function worked(minutes: number, heldMinutes: number | null, isOver: boolean): string {
  return heldMinutes === null && !isOver
    ? `${renderWorked(minutes, null)} so far`
    : renderWorked(minutes, heldMinutes);
}

function billed(item: TaskDetail['workItem']): string | undefined {
  return item === null || item.archivedAt !== null
    ? undefined
    : `${item.billableMinutes} min to ${renderSlug(item.client)}, ${safeLine(item.category, 64)}`;
}

function closedAt({ completedAt }: TaskView, at: string): string | undefined {
  return completedAt === null ? undefined : renderWhen(completedAt, at);
}

/** Says when it is due; of a closed task nothing is overdue. */
function dueFact(task: TaskView, due: string, { at }: RenderContext): string {
  const isOver = task.completedAt !== null || due > at;
  return isOver ? renderMoment(due, at) : `${renderMoment(due, at)}, ${renderDue(due, at)}`;
}

/** An open task has the outcome of work that was sent back, or of a review before the next one. */
function outcomeTitle({ status, type }: TaskView): string {
  if (isClosed(status)) return 'Outcome';
  return type === 'review' ? 'Outcome in the round before' : 'Outcome so far';
}

/** Shows the rest of a task's context as it is kept. */
function contextLines({ context }: TaskView, told: ReadonlySet<string>): readonly string[] {
  const rest = Object.entries(context).filter(([field]) => !told.has(field));
  return rest.length === 0 ? [] : renderQuoted(JSON.stringify(Object.fromEntries(rest), null, 2));
}

function noteLines(note: NoteView, at: string): readonly string[] {
  return [`${renderWho(note)}, ${renderWhen(note.createdAt, at)}`, ...renderQuoted(note.text)];
}
