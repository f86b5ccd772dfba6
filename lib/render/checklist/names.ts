import { type Look, lineOf } from './look.ts';

/** Code points of one name. */
const longestName = 80;

/** `a.ts, b.ts, +2 more`. A name that could pass for more than one, or for the count, is quoted. */
export function joinNames(names: readonly string[], most: number, look: Look): string {
  const shown = names.slice(0, most).map((name) => renderName(name, look));
  const left = names.length - shown.length;
  return [...shown, ...(left > 0 ? [`+${left} more`] : [])].join(', ');
}

function renderName(name: string, look: Look): string {
  const line = lineOf(name, longestName, look);
  return /[,"]|^\+|^$/.test(line) ? `"${line.replaceAll('"', "'")}"` : line;
}
