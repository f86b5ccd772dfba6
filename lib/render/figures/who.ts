import type { LiveSession, WhoAnswer } from '../../model/answers/who.ts';
import { mainAgent, ownerOf, spellBranch } from '../../model/worker.ts';
import { renderLines } from '../task/line.ts';
import { renderAge, renderAgo } from '../text/age.ts';
import { renderHint, withHint } from '../text/hint.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, paint, plainStyle } from '../text/style.ts';
import { renderWho } from '../text/who.ts';
import { clipToWidth, displayWidth } from '../text/width.ts';

/** The files of a session that a line names at most. */
const mostFiles = 3;
const indent = '  ';

interface WhoContext {
  /** The session that reads. */
  readonly session: string;
  readonly at: string;
  readonly style: OutputStyle;
  readonly filesAreCut: boolean;
}

/** Renders who works now: for each session where it is, what it holds, and its last files. */
export function renderWhoList(
  { sessions, total, filesAreCut, at }: WhoAnswer,
  { session, style = plainStyle }: { readonly session: string; readonly style?: OutputStyle },
): string {
  if (total === 0) return withHint('Nobody works here now.', 'docket recap', style);
  const left = total - sessions.length;
  return [
    paint(style, 'bold', `Live sessions (${total})`),
    ...sessions.flatMap((each) => renderSession(each, { session, at, style, filesAreCut })),
    ...(left > 0
      ? [`+${left} more`, renderHint(`docket who --limit ${Math.min(total, 10_000)}`, style)]
      : []),
  ].join('\n');
}

function renderSession(live: LiveSession, context: WhoContext): readonly string[] {
  const { at, style } = context;
  const isOwn = ownerOf(live.session) === ownerOf(context.session);
  const colour = isOwn ? 'green' : 'cyan';
  const inner = { ...style, width: style.width && style.width - indent.length };
  const tasks = renderLines(
    live.holds.map(({ agent, since, ...task }) => ({
      ...task,
      ...(task.status === 'in_progress' ? { paint: colour } : {}),
      facts: [
        renderAge(since, at),
        ...(task.status === 'blocked' ? ['blocked'] : []),
        ...(agent === mainAgent ? [] : [`agent ${safeLine(agent, 40)}`]),
      ],
    })),
    inner,
  );
  const lines = [...tasks, ...filesLine(live, { ...context, style: inner })];
  return [
    sessionLine(live, { ...context, isOwn }),
    ...(lines.length > 0 ? lines : [paint(style, 'dim', 'holds nothing')]).map(
      (line) => indent + line,
    ),
  ];
}

/**
 * Names a session and where it is: `bob@two#3f2a, on two in /home/bob/web, branch fix (began 3 h
 * ago)`.
 */
function sessionLine(
  { actor, session, host, folder, branch, startedAt, lastSeenAt }: LiveSession,
  { at, style, isOwn }: WhoContext & { readonly isOwn: boolean },
): string {
  const name = renderWho({ actor, session, agent: mainAgent });
  const place = [
    `, on ${safeLine(host, 60)}`,
    ...(folder === null ? [] : [` in ${safeLine(folder, 200)}`]),
    ...(branch === null ? [] : [`, ${spellBranch(safeLine(branch, 40))}`]),
  ].join('');
  const times = `  (began ${renderAgo(startedAt, at)}, seen ${renderAgo(lastSeenAt, at)})`;
  const who = isOwn ? `you, ${name}` : name;
  const room = style.width && style.width - displayWidth(who) - displayWidth(times);
  const where = room === undefined ? place : clipToWidth(place, Math.max(room, 12));
  return `${paint(style, isOwn ? 'green' : 'cyan', who)}${where}${paint(style, 'dim', times)}`;
}

/** Names the last files of a session, as many as fit, and counts the others. */
function filesLine(
  { files }: LiveSession,
  { at, style, filesAreCut }: WhoContext,
): readonly string[] {
  if (files.length === 0) return [];
  const named = files
    .slice(0, mostFiles)
    .map(({ path, at: edited }) => `${safeLine(path, 300)} ${renderAgo(edited, at)}`);
  for (let count = named.length; ; count -= 1) {
    const left = files.length - count;
    const line = `files: ${[
      ...named.slice(0, count),
      ...(left > 0 ? [`+${left} ${filesAreCut ? 'or more' : 'more'}: docket who --json`] : []),
    ].join(', ')}`;
    if (count <= 1 || style.width === undefined || displayWidth(line) <= style.width) {
      return [paint(style, 'dim', fitFirst(line, style.width))];
    }
  }
}

/** Cuts a path that alone is too long for the line. */
function fitFirst(line: string, width: number | undefined): string {
  return width === undefined ? line : clipToWidth(line, width);
}
