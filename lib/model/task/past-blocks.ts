import { codePoints, limits } from '../limits.ts';
import type { TaskContext } from './input.ts';

/** The field of a context that says what kept the work from going on. */
const blockersField = 'blockers_encountered';

/** What joins the blockers of a report to the reason of one block. */
export const betweenReasons = '; ';

/** What a task was blocked by once, and how that was settled; null when nobody said. */
export interface PastBlock {
  readonly blocker: string;
  readonly resolution: string | null;
}

/** Reads the blocks of a task that are over, oldest first. */
export function pastBlocksOf(context: TaskContext): readonly PastBlock[] {
  return blockersIn(context).filter(isPast);
}

/** Adds the reason of a block to the blockers that were met. */
export function addBlocker(context: TaskContext, reason: string): TaskContext {
  const blockers = blockersIn(context);
  return blockers.includes(reason) ? context : withBlockers(context, [...blockers, reason]);
}

/** Says how the reason of a block was settled, in place of the blockers that it is made of. */
export function settleBlocker(
  context: TaskContext,
  { blocker: reason, resolution }: PastBlock,
): TaskContext {
  const settled: readonly unknown[] = openBlockers(context, reason);
  const others = blockersIn(context).filter((each) => !settled.includes(each));
  // A reason that was cut tells less than the blockers that it is made of.
  const blocker = isCut(reason) && settled.length > 0 ? settled.join(betweenReasons) : reason;
  return withBlockers(context, [...others, { blocker, resolution }]);
}

/**
 * Lists the open blockers that the reason of a block is made of: a report may have several. Where
 * their reason was cut, those are among them that it ends within and that follow.
 */
export function openBlockers(context: TaskContext, reason: string): readonly string[] {
  const framed = (text: string) => `${betweenReasons}${text.trim()}${betweenReasons}`;
  const open = blockersIn(context)
    .filter((each) => typeof each === 'string')
    .filter((each) => each.trim() !== '');
  const isWhole = (each: string) => framed(reason).includes(framed(each));
  const cutAt = isCut(reason) ? open.findIndex((each) => endsWithin(reason, each.trim())) : -1;
  return open.filter((each, index) => isWhole(each) || (cutAt !== -1 && index >= cutAt));
}

/** Whether a reason has the length at which the reasons of reports are cut. */
function isCut(reason: string): boolean {
  return reason.length >= limits.reason && codePoints(reason) >= limits.reason;
}

/** Whether a reason ends with the beginning of a blocker, and has not all of it. */
function endsWithin(reason: string, blocker: string): boolean {
  const parts = reason.split(betweenReasons);
  return parts.some((_, index) => {
    const end = parts.slice(index).join(betweenReasons);
    return end !== '' && end.length < blocker.length && blocker.startsWith(end);
  });
}

function withBlockers(context: TaskContext, blockers: readonly unknown[]): TaskContext {
  return { ...context, [blockersField]: blockers };
}

function blockersIn(context: TaskContext): readonly unknown[] {
  const value = Object.hasOwn(context, blockersField) ? context[blockersField] : undefined;
  return Array.isArray(value) ? value : [];
}

function isPast(value: unknown): value is PastBlock {
  if (typeof value !== 'object' || value === null) return false;
  const { blocker, resolution }: Partial<Record<keyof PastBlock, unknown>> = value;
  return typeof blocker === 'string' && (resolution === null || typeof resolution === 'string');
}
