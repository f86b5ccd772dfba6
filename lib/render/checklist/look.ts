import type { Status } from '../../model/task.ts';
import { clipToWidth, displayWidth } from '../display-width.ts';
import { renderKey } from '../key.ts';
import { marks } from '../mark.ts';
import { safeLine } from '../safe-text.ts';
import type { OutputStyle } from '../style.ts';

/** How a checklist is to look. */
export interface Look {
  readonly style: OutputStyle;
  /** Signs of our own are plain ASCII; what people wrote stays as it is. */
  readonly ascii: boolean;
}

const asciiSigns: Readonly<Record<Status, string>> = {
  pending: '[ ]',
  in_progress: '[>]',
  blocked: '[!]',
  completed: '[x]',
  cancelled: '[-]',
};

/** The box of an item: `[✓]`, or `[x]` in ASCII. */
export function signOf(status: Status, { ascii }: Look): string {
  return ascii ? asciiSigns[status] : marks[status].sign;
}

/** Strangers' text as one line of at most `limit` code points, with our own signs as the look has them. */
export function lineOf(text: string, limit: number, look: Look): string {
  return inLook(safeLine(text, limit), look);
}

/** A task's key, or words that say that it is none. */
export function keyOf(key: string, look: Look): string {
  return inLook(renderKey(key), look);
}

/** Signs that making text safe, or clipping it, puts in. */
export function inLook(text: string, { ascii }: Look): string {
  return ascii ? text.replaceAll('…', '...').replaceAll('‹', '(').replaceAll('›', ')') : text;
}

/** Cuts a line to so many columns, and says so by `…` or `...`. */
export function cutTo(line: string, width: number, look: Look): string {
  if (!look.ascii || displayWidth(line) <= width) return clipToWidth(line, width);
  return inLook(clipToWidth(line, Math.max(1, width - 2)), look);
}
