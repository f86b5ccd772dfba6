import type { Env } from '../../lib/config/paths.ts';

/** Whether the terminal's locale can show more than ASCII, by the variables that say so. */
export function isUtf8({ LC_ALL, LC_CTYPE, LANG }: Env): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}
