import type { Status } from '../../model/task.ts';
import { statusWords } from '../mark.ts';

/** `5 min`, `1 h 1 min`, `2 h`; what is not a whole minute yet is `under 1 min`. */
export function renderMinutes(minutes: number): string {
  if (minutes < 1) return 'under 1 min';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 ? [`${rest} min`] : [])].join(' ');
}

/** `In Progress` for in_progress, as headings have it. */
export function statusTitle(status: Status): string {
  return statusWords(status).replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** `1 step`, `4 steps`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
