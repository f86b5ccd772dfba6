import type {
  OutboxAnswer,
  OutboxDropped,
  OutboxEntry,
  OutboxMoved,
  OutboxSent,
  QueuedAnswer,
} from '../../model/answers/queued.ts';
import { shellWord } from '../../model/shell-word.ts';
import { renderAgo } from '../text/age.ts';
import { renderHint, withHint } from '../text/hint.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, paint } from '../text/style.ts';

/** Says that a change is queued: `queued: create web-k3f9ab`. */
export function renderQueued({ queued }: QueuedAnswer, style: OutputStyle): string {
  const { verb, about, makes, reason, waiting } = queued;
  const waits = waiting === 1 ? '1 change waits, and goes' : `${waiting} changes wait, and go`;
  return withHint(
    [
      `${paint(style, 'bold', 'queued:')} ${what({ verb, about, makes })}`,
      `The database cannot be reached: ${safeLine(reason, 500)}`,
      `${waits} with the next command that reaches it.`,
    ].join('\n'),
    'docket outbox list',
    style,
  );
}

function what({
  verb,
  about,
  makes,
}: {
  readonly verb: string | null;
  readonly about: readonly string[];
  readonly makes: readonly string[];
}): string {
  const keys = (verb === 'create' ? makes : about).map(renderKey).join(' ');
  const more = verb !== 'create' && makes.length > 0 ? `, makes ${makes.map(renderKey)}` : '';
  return `${safeLine(verb ?? 'a change', 20)} ${keys}${more}`.trim();
}

/** Shows what is queued: what waits, in its order, and what is kept, with the reason. */
export function renderOutbox({ entries, elsewhere }: OutboxAnswer, frame: OutboxFrame): string {
  const others = elsewhere.map(({ database, count }) => {
    const changes = count === 1 ? '1 change is' : `${count} changes are`;
    const command = `docket outbox list --database ${shellWord(database)}`;
    return safeLine(`${changes} queued for this list in ${database}: ${command}`, 1_000);
  });
  const [first] = elsewhere;
  if (first !== undefined) {
    const move = `docket outbox move ${shellWord(first.database)}`;
    const hint = safeLine(`If that database is gone for good, ${move} sends it here`, 1_000);
    others.push(renderHint(hint, frame.style));
  }
  if (entries.length > 0) return [renderHere(entries, frame), ...others].join('\n');
  return others.length > 0 ? others.join('\n') : 'Nothing is queued: every change has arrived.';
}

function renderHere(entries: readonly OutboxEntry[], frame: OutboxFrame): string {
  const { style } = frame;
  const waiting = entries.filter(({ state }) => state === 'waiting');
  const kept = entries.filter(({ state }) => state !== 'waiting');
  const sections = [
    ...part(`Waiting (${waiting.length})`, waiting, frame),
    ...part(`Kept (${kept.length})`, kept, frame),
  ];
  const [first] = kept;
  const hint =
    first === undefined
      ? 'docket outbox retry sends it, once the database can be reached'
      : `docket outbox retry ${first.id}, or docket outbox drop ${first.id}`;
  return [...sections, renderHint(hint, style)].join('\n');
}

export interface OutboxFrame {
  readonly style: OutputStyle;
  /** By this machine's clock, ISO 8601. */
  readonly now: string;
}

function part(
  title: string,
  entries: readonly OutboxEntry[],
  { style, now }: OutboxFrame,
): readonly string[] {
  if (entries.length === 0) return [];
  return [
    paint(style, 'bold', title),
    ...entries.flatMap((entry) => {
      const { id, text, madeAt, actor, reason, state } = entry;
      const facts = [
        ...(madeAt === null ? [] : [renderAgo(madeAt, now)]),
        ...(actor === null ? [] : [safeLine(actor, 60)]),
      ];
      const said = text === null ? '' : `: ${safeLine(text, 80)}`;
      const dim = paint(style, 'dim', `(${facts.join(', ')})`);
      const line = `  ${id}  ${what(entry)}${said}${facts.length > 0 ? ` ${dim}` : ''}`;
      const why = reason === null ? wordOf[state] : safeLine(reason, 500);
      return why === '' ? [line] : [line, `          ${paint(style, 'red', why)}`];
    }),
  ];
}

const wordOf: Readonly<Record<OutboxEntry['state'], string>> = {
  waiting: '',
  kept: 'it conflicts',
  newer: 'it was queued by a newer version, which sends it',
  damaged: 'it is damaged',
};

/** Says what became of the queue when it was sent. */
export function renderSent({ entries, ...sent }: OutboxSent, frame: OutboxFrame): string {
  const { arrived, kept, left } = sent;
  const counts = [
    `${arrived} arrived`,
    ...(kept > 0 ? [`${kept} kept`] : []),
    ...(left > 0 ? [`${left} wait still`] : []),
  ].join(', ');
  if (entries.length === 0) return arrived === 0 ? 'Nothing is queued.' : counts;
  return [counts, renderHere(entries, frame)].join('\n');
}

/** Says what became of the queue of a database that is gone for good. */
export function renderMoved({ moved, ...sent }: OutboxMoved, frame: OutboxFrame): string {
  return [
    `Moved ${moved === 1 ? '1 change' : `${moved} changes`} here`,
    renderSent(sent, frame),
  ].join('\n');
}

/** Says that a change was given up. */
export function renderDropped({ dropped }: OutboxDropped): string {
  return `Dropped ${dropped.id}: ${what(dropped)}`;
}
