import type { EntryTask, EntryTasks } from '../../model/answers/entry-tasks.ts';
import { renderHint } from '../text/hint.ts';
import { safeLine } from '../text/safe-text.ts';
import { renderRest } from '../text/section.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { claimPaint, type RenderContext, renderClaim } from './claim.ts';
import { type Fact, renderLines, type TaskLine } from './line.ts';
import { dueFacts } from './list.ts';

/** Shows the tasks of a client or a project below it: the open ones, and how many are closed. */
export function renderEntryTasks(
  { open, completed, cancelled, archived, totalLimit, at }: EntryTasks,
  {
    flag,
    session,
    style,
  }: {
    /** What lists all of them: `--client acme-corp`. */
    readonly flag: string;
    readonly session: string;
    readonly style: OutputStyle;
  },
): readonly string[] {
  const sign = (total: number) => `${total}${total >= totalLimit ? '+' : ''}`;
  const closed = [
    ...(completed > 0 ? [`${sign(completed)} completed`] : []),
    ...(cancelled > 0 ? [`${sign(cancelled)} cancelled`] : []),
  ];
  const lines = open.tasks.map((task) => lineOf(task, { session, at }));
  const size = { shown: open.tasks.length, total: open.total, totalLimit };
  return [
    ...(open.total === 0
      ? []
      : [
          '',
          paint(style, 'bold', `Open (${sign(open.total)})`),
          ...renderLines(lines, style),
          ...renderRest(size, `docket list ${flag}`, style),
        ]),
    ...(closed.length === 0
      ? []
      : [
          '',
          `${closed.join(', ')}`,
          renderHint(`docket list ${flag} --status closed --sort updated`, style),
        ]),
    ...(archived === 0
      ? []
      : [
          '',
          `+${sign(archived)} archived in the whole list, not counted here`,
          renderHint(`docket search --deep ${flag} TEXT`, style),
        ]),
  ];
}

function lineOf(
  { key, title, status, priority, ...task }: EntryTask,
  context: RenderContext,
): TaskLine {
  const { claim, parent, parentTitle, assignedAgent, blockedReason, due } = task;
  const facts: Fact[] = [];
  if (parent !== null) facts.push(`part of ${safeLine(parentTitle ?? parent, 60)}`);
  if (assignedAgent !== null && assignedAgent !== claim?.agent) {
    facts.push(`agent ${safeLine(assignedAgent, 40)}`);
  }
  if (claim !== null) {
    facts.push({ text: renderClaim(claim, context), paint: claimPaint(claim, context) });
  }
  if (blockedReason !== null) {
    facts.push({ text: `blocked: ${safeLine(blockedReason, 80)}`, paint: 'red' });
  }
  facts.push(...dueFacts(due, context.at));
  const isHeld = claim !== null && status === 'in_progress';
  return {
    key,
    title,
    status,
    priority,
    facts,
    paint: isHeld ? claimPaint(claim, context) : undefined,
  };
}
