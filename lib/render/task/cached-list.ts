import { type ProcessProbe, withAbsence } from '../../model/liveness.ts';
import {
  type PromptClaim,
  type PromptList,
  type PromptTask,
  promptLimits,
} from '../../model/prompt/list.ts';
import type { Status } from '../../model/task/task.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import type { OutputStyle } from '../text/style.ts';
import { claimPaint, renderClaim } from './claim.ts';
import { type Fact, renderLines, type TaskLine } from './line.ts';
import { attributionFacts } from './list.ts';

export interface CachedListFrame {
  readonly session: string;
  readonly probe: ProcessProbe;
  readonly style: OutputStyle;
  /** How long ago the list was read: `12 min ago`. */
  readonly age: string;
  /** Whether what this machine's commands have changed since is in it. */
  readonly isAmended: boolean;
}

/** Renders the last list that a prompt showed, for people: what it is, its lines, what it cuts. */
export function renderCachedList(list: PromptList, frame: CachedListFrame): string {
  const amended = frame.isAmended ? ', with what commands here have changed since' : '';
  const lines = [
    ...[...list.mine, ...list.others].map((claim) => claimLine(claim, list, frame)),
    ...list.blocked.map((task) =>
      line(
        task,
        'blocked',
        task.reason ? { text: `blocked: ${safeLine(task.reason, 80)}`, paint: 'red' } : null,
      ),
    ),
    ...list.ready.map((task) => line(task, 'pending')),
    ...list.waiting.map((task) =>
      line(task, 'pending', task.needs && `needs ${renderKey(task.needs)}`),
    ),
  ];
  return [
    `${safeLine(list.slug, 40)} as a prompt on this machine last showed it, ${frame.age}${amended}:`,
    ...(lines.length === 0 ? ['Nothing was open.'] : renderLines(lines, frame.style)),
    ...renderCut(list),
  ].join('\n');
}

function line(
  { key, priority, title, plan, client, project }: PromptTask,
  status: Status,
  fact?: Fact | null,
): TaskLine {
  const place = plan === null ? [] : [`part of ${safeLine(plan.title, 60)}`];
  const names = attributionFacts({ client: client ?? null, project: project ?? null });
  return { key, priority, title, status, facts: [...place, ...(fact ? [fact] : []), ...names] };
}

function claimLine(
  claim: PromptClaim,
  { at }: PromptList,
  { session, probe }: CachedListFrame,
): TaskLine {
  const view = withAbsence(claim, claim.holder ?? undefined, { now: at, probe });
  const paint = claimPaint(view, { session });
  const holder = { text: renderClaim(view, { session, at }), paint };
  const { facts, ...task } = line(claim, 'in_progress', holder);
  const note = claim.lastNote === null ? [] : [`last note: ${safeLine(claim.lastNote, 80)}`];
  return { ...task, paint, facts: [...facts, ...note] };
}

/** Counts what the list does not hold: `+4 more in progress, 12 more ready`. */
function renderCut({ counts, ...list }: PromptList): readonly string[] {
  const left = [
    ['in progress', counts.inProgress, list.mine.length + list.others.length],
    ['blocked', counts.blocked, list.blocked.length],
    ['ready', counts.ready, list.ready.length],
    ['waiting', counts.waiting, list.waiting.length],
  ] as const;
  const parts = left
    .filter(([, total, shown]) => total > shown)
    .map(
      ([name, total, shown]) =>
        `${total - shown}${total >= promptLimits.count ? '+' : ''} more ${name}`,
    );
  return parts.length === 0 ? [] : [`+${parts.join(', ')}`];
}
