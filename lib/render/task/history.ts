import type { FieldChange, HistoryAnswer, HistoryEvent } from '../../model/answers/history.ts';
import type { RunView } from '../../model/answers/run.ts';
import { findByWord } from '../../model/known-word.ts';
import { renderTime, renderWhen } from '../text/age.ts';
import { renderDuration } from '../text/duration.ts';
import { renderKey } from '../text/key.ts';
import { renderQuoted, safeLine } from '../text/safe-text.ts';
import { type ListText, renderRest } from '../text/section.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderRows } from '../text/table.ts';
import { renderRunner, renderWho } from '../text/who.ts';
import { clipToWidth, displayWidth } from '../text/width.ts';
import { wrapSpans } from '../text/wrap.ts';
import { renderArchivedBy } from './archived.ts';
import { linkWords, wordsOf } from './events.ts';

interface Frame {
  readonly style: OutputStyle;
  /** Whether it tells of everything below the task as well. */
  readonly isWhole: boolean;
  /** The command that shows the rest. */
  readonly more: string;
}

const indent = '      ';

/** Tells what happened to a task, oldest first: each event on a line, and below it what changed. */
export function renderHistory(answer: HistoryAnswer, frame: Frame): ListText {
  const { style, more, isWhole } = frame;
  const { events, total, totalLimit, archived } = answer;
  const former = answer.formerKeys.map(renderKey).join(', ');
  const heading = `${paint(style, 'bold', renderKey(answer.key))}  ${safeLine(answer.title, 500)}`;
  const lines = renderRows(
    events.map((event) => [
      `#${event.seq}`,
      renderWhen(event.createdAt, answer.at),
      renderWho(event),
      isWhole
        ? `${wordsFor(event)} ${renderKey(event.task)} ${safeLine(event.title, 60)}`
        : `${wordsFor(event)} it`,
    ]),
    [{ align: 'right' }, {}, {}],
    style,
  );
  return {
    text: [
      former === '' ? heading : `${heading}${paint(style, 'dim', `  (was ${former})`)}`,
      ...(archived === undefined
        ? []
        : [paint(style, 'dim', `Archived ${renderArchivedBy(archived, answer)}`)]),
      ...events.flatMap((event, index) => [
        clip(lines[index] ?? '', style),
        ...belowOf(event, answer, style),
      ]),
    ].join('\n'),
    rest: renderRest({ shown: events.length, total, totalLimit }, more, style),
  };
}

function wordsFor({ verb, details }: HistoryEvent): string {
  return wordsOf(verb, details);
}

function clip(line: string, { width }: OutputStyle): string {
  return width === undefined ? line : clipToWidth(line, width);
}

/** Tells below an event what it changed; a note stands whole, with its lines marked. */
function belowOf(event: HistoryEvent, answer: HistoryAnswer, style: OutputStyle) {
  const facts = [
    ...event.changes.flatMap((change) => changeText(change, event, style)),
    ...detailTexts(event, answer),
    ...event.runs.flatMap((run) => runText(run, event)),
    ...(event.notKnown.length === 0
      ? []
      : [`not known as an older docket wrote it: ${event.notKnown.map(fieldName).join(', ')}`]),
  ];
  return [
    ...facts.map((fact) => paint(style, 'dim', clip(`${indent}${fact}`, style))),
    ...noteLines(event.note?.text ?? '', style),
  ];
}

/** Quotes a note; each line of the terminal has the mark. */
function noteLines(text: string, style: OutputStyle): readonly string[] {
  const mark = `${indent}| `;
  const width = style.width && Math.max(10, style.width - mark.length);
  return renderQuoted(text).flatMap((line) =>
    wrapSpans([{ text: line.slice('  | '.length) }], { style: { ...style, width }, hang: 0 }).map(
      (part) => `${mark}${part}`.trimEnd(),
    ),
  );
}

/** The fields that the verb and its line say already. */
const said: ReadonlySet<string> = new Set([
  ...['status', 'startedAt', 'completedAt', 'billableMinutesBy'],
]);

function changeText(
  { field, from, to }: FieldChange,
  { verb }: HistoryEvent,
  { width }: OutputStyle,
): readonly string[] {
  if (said.has(field) && verb !== 'undone') return [];
  if (field === 'claim') {
    const [before, after] = [from, to].map(claimText);
    const isMoved = from !== null && to !== null;
    return isMoved || verb === 'undone' ? [`claim: ${before} -> ${after}`] : [];
  }
  const name = fieldName(field);
  const isNew = from === null || from === '' || (Array.isArray(from) && from.length === 0);
  const after = valueText(to);
  if (isNew) return [`${name}: ${after}`];
  // Both values are begun on a terminal's line: what is after the arrow is not cut away.
  const room = (width ?? Number.POSITIVE_INFINITY) - indent.length - name.length - 6;
  const before = clipToWidth(
    valueText(from),
    Math.max(10, Math.floor(room / 2), room - displayWidth(after)),
  );
  return [`${name}: ${before} -> ${after}`];
}

function claimText(claim: unknown): string {
  if (!isRecord(claim)) return 'nobody';
  const { actor, session, agent } = claim;
  return renderWho({ actor: `${actor}`, session: `${session}`, agent: `${agent}` });
}

const shortNames: Readonly<Record<string, string>> = {
  assignedAgent: 'agent',
  blockedReason: 'reason',
  estimatedMinutes: 'estimate',
  formerOutcome: 'former outcome',
  nextAgent: 'by',
};

/** Names a field in people's words. */
export function fieldName(field: string): string {
  const name = findByWord(shortNames, field) ?? field.replace(/^context\./, '');
  const words = name.replaceAll(/[a-z][A-Z]/g, ([one = '', other = '']) => `${one} ${other}`);
  return safeLine(words.replaceAll('_', ' ').toLowerCase(), 40);
}

const longest = 120;
const storedTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Writes a value of a field on one line, a time on the clock of whoever reads it. */
export function valueText(value: unknown): string {
  if (typeof value === 'string' && storedTime.test(value)) return renderTime(value);
  if (value === null || value === undefined || value === '') return 'none';
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    return value.length === 0 ? 'none' : safeLine(value.join(', '), longest);
  }
  return safeLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), longest);
}

/** The details that the verb's words or a change say. */
const told: ReadonlySet<string> = new Set(['undoes', 'verb', 'target', 'type', 'followed']);

function detailTexts({ details, changes }: HistoryEvent, { titles }: HistoryAnswer) {
  const { target, type, followed } = details;
  const isTold = (name: string, value: unknown) =>
    told.has(name) || changes.some(({ to }) => to === value) || value === null || name === 'was';
  return [
    ...(typeof target === 'string'
      ? [
          `${findByWord(linkWords, String(type)) ?? safeLine(String(type), 32)} ${renderKey(target)} ${safeLine(
            Object.hasOwn(titles, target) ? (titles[target] ?? '') : '',
            60,
          )}`.trimEnd(),
        ]
      : []),
    ...(followed === undefined ? [] : [`with its ${valueText(followed)}`]),
    ...Object.entries(details)
      .filter(([name, value]) => !isTold(name, value))
      .map(([name, value]) => `${fieldName(name)}: ${valueText(value)}`),
  ];
}

/** Says which run an event began, or how the one ended that it was in. */
function runText(run: RunView, { createdAt }: HistoryEvent): readonly string[] {
  const name = `run ${run.attempt} by ${renderRunner(run)}`;
  if (run.startedAt === createdAt) {
    return [`begins ${name}${run.role === 'review' ? ', a review' : ''}`];
  }
  if (run.finishedAt !== createdAt) return [];
  const verdict = run.verdict === null ? '' : `, ${safeLine(run.verdict, 20)}`;
  const error = run.error === null ? '' : `, ${safeLine(run.error, longest)}`;
  const took = renderDuration(run.activeMs / 60_000);
  return [`ends ${name}: ${safeLine(run.status, 20)} after ${took}${verdict}${error}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
