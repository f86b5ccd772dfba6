import type { MinutesPart } from '../../model/run/minutes-part.ts';
import { minutesOf } from '../../model/run/run.ts';
import { renderMinutes } from './duration.ts';
import { safeLine } from './safe-text.ts';

/** Whether all that is known of the time was measured. */
export function isMeasured(parts: readonly MinutesPart[]): boolean {
  return parts.every(({ from }) => from === 'measured');
}

/** Says who gave the minutes that are billed: `measured, said by alice`; nothing if nobody knows. */
export function renderSayers(parts: readonly MinutesPart[]): string {
  return [...new Set(parts.filter(({ billed }) => billed).map(originOf))].join(', ');
}

/** Says them where it is not a clock alone that gave the minutes. */
export function renderOtherSayers(parts: readonly MinutesPart[]): string {
  const others = parts.filter(({ billed, from }) => billed && from !== 'measured');
  return others.length === 0 ? '' : renderSayers(parts);
}

/**
 * Says all that is known of the time: `45 min said by alice; not billed: 12 min measured, 30 min
 * proposed by Coding Agent`.
 *
 * @param heldMinutes for which it was held, where that was much longer
 */
export function renderMinutesFrom(
  parts: readonly MinutesPart[],
  heldMinutes: number | null = null,
): string {
  const wordsOf = (billed: boolean) =>
    parts
      .filter((part) => part.billed === billed)
      .map((part) => `${renderMs(part)} ${originOf(part)}`)
      .join(', ');
  const others = wordsOf(false);
  const held =
    heldMinutes === null ? '' : ` of ${renderMinutes(heldMinutes)}: idle time is not counted`;
  return [`${wordsOf(true)}${held}`, ...(others === '' ? [] : [`not billed: ${others}`])]
    .filter((words) => words !== '')
    .join('; ');
}

function renderMs({ ms }: MinutesPart): string {
  return ms === 0 ? '0 min' : renderMinutes(minutesOf(ms));
}

function originOf({ from, by }: MinutesPart): string {
  return by === null ? from : `${from} by ${safeLine(by, 100)}`;
}
