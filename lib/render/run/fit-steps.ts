import type { ChecklistItem } from '../../model/answers/checklist.ts';

/** A step as lines: what names it, and what is known of it below. */
export interface StepLines {
  readonly status: ChecklistItem['status'];
  readonly head: readonly string[];
  readonly details: readonly string[];
  /** The places of the containers above it. */
  readonly containers: readonly number[];
  readonly isContainer: boolean;
}

/** What does not fit: steps without subtasks, and the details of steps that are shown. */
export interface LeftOut {
  readonly steps: number;
  readonly details: number;
}

interface Fitted extends LeftOut {
  readonly lines: readonly string[];
}

/**
 * Chooses the lines that matter most where not all fit into `rows`: work under way, then what is
 * blocked, what comes next, the latest result, and then what comes later and what is older.
 *
 * @param rest renders what is left out.
 */
export function fitSteps(
  steps: readonly StepLines[],
  rows: number,
  rest: (left: LeftOut) => readonly string[],
): readonly string[] {
  const drops = inOrder(steps);
  const linesWithout = (count: number) => {
    const { lines, ...left } = drop(steps, drops.slice(0, count));
    return left.steps + left.details === 0 ? lines : [...lines, ...rest(left)];
  };
  // The more is dropped, the fewer lines there are: the least that is enough is found by halves.
  let [enough, low] = [drops.length, 0];
  if (linesWithout(0).length <= rows) return linesWithout(0);
  while (low < enough) {
    const middle = Math.floor((low + enough) / 2);
    if (linesWithout(middle).length <= rows) enough = middle;
    else low = middle + 1;
  }
  return linesWithout(enough);
}

/** The steps to come that matter more than the latest result. */
const nextSteps = 5;

interface Drop {
  /** The place of the step. */
  readonly at: number;
  readonly what: 'step' | 'details';
}

/** Lists what can be dropped, what matters least first. */
function inOrder(steps: readonly StepLines[]): readonly Drop[] {
  const places = (...statuses: readonly StepLines['status'][]) =>
    steps.flatMap(({ status }, at) => (statuses.includes(status) ? [at] : []));
  const leaves = (at: number) => steps[at]?.isContainer === false;
  const closed = places('completed', 'cancelled');
  const [running, blocked] = [places('in_progress'), places('blocked')];
  const known = new Set([...closed, ...running, ...blocked]);
  const toCome = steps.map((_, at) => at).filter((at) => !known.has(at));
  const details = (list: readonly number[]) =>
    list.filter((at) => steps[at]?.details.length).map((at) => ({ at, what: 'details' as const }));
  const whole = (list: readonly number[]) =>
    list.filter(leaves).map((at) => ({ at, what: 'step' as const }));
  const [older, latest] = [closed.slice(0, -1), closed.slice(-1)];
  const [next, later] = [toCome.slice(0, nextSteps), toCome.slice(nextSteps)];
  return [
    ...details(older),
    ...whole(older),
    ...whole(later.toReversed()),
    ...details(latest),
    ...whole(latest),
    ...details(next.toReversed()),
    ...whole(next.toReversed()),
    ...details([...blocked, ...running].toReversed()),
    ...whole(blocked.toReversed()),
    ...whole(running.toReversed()),
  ];
}

function drop(steps: readonly StepLines[], drops: readonly Drop[]): Fitted {
  const dropped = new Set(drops.filter(({ what }) => what === 'step').map(({ at }) => at));
  const bare = new Set(drops.map(({ at }) => at));
  const kept = steps.flatMap((step, at) => (step.isContainer || dropped.has(at) ? [] : [step]));
  const needed = new Set(kept.flatMap(({ containers }) => containers));
  const shown = steps.flatMap((step, at) => {
    if (step.isContainer ? !needed.has(at) : dropped.has(at)) return [];
    return [{ ...step, isBare: bare.has(at) }];
  });
  return {
    lines: shown.flatMap(({ head, details, isBare }) => (isBare ? head : [...head, ...details])),
    steps: dropped.size,
    details: shown.filter(({ isBare }) => isBare).length,
  };
}
