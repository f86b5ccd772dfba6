import { displayWidth } from '../display-width.ts';
import { cutTo, type Look, lineOf } from './look.ts';

/** Code points of one name. */
const longestName = 80;

/** Names behind a word of ours, told up to a number and counted beyond. */
export interface NameList {
  /** `Files: `. */
  readonly label: string;
  readonly names: readonly string[];
  readonly most: number;
}

/**
 * `Files: a.ts, b.ts, +2 more`. A name that could pass for more than one, or for the count, is
 * quoted. Within `width` columns fewer are told, never the count left out.
 */
export function renderNames({ label, names, most }: NameList, look: Look, width?: number): string {
  const shown = names.slice(0, most).map((name) => renderName(name, look));
  for (let number = shown.length; number > 1; number -= 1) {
    const line = join(shown.slice(0, number), names.length, label);
    if (width === undefined || displayWidth(line) <= width) return line;
  }
  const line = join(shown.slice(0, 1), names.length, label);
  const over = width === undefined ? 0 : displayWidth(line) - width;
  const [first = ''] = shown;
  return over <= 0
    ? line
    : join([cutTo(first, Math.max(1, displayWidth(first) - over), look)], names.length, label);
}

function join(shown: readonly string[], total: number, label: string): string {
  const left = total - shown.length;
  return `${label}${[...shown, ...(left > 0 ? [`+${left} more`] : [])].join(', ')}`;
}

function renderName(name: string, look: Look): string {
  const line = lineOf(name, longestName, look);
  return /[,"]|^\+|^$/.test(line) ? `"${line.replaceAll('"', "'")}"` : line;
}
