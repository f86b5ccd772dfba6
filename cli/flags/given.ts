import { quoteArgument } from '../../lib/render/text/shell-quote.ts';
import type { CommandInput, Flags } from '../command/command.ts';

/**
 * Writes the flags that a command line gave, to be typed again: ` --status open --all`. The limit is
 * left out, as who types them again wants another.
 */
export function givenFlags(flags: Flags, values: CommandInput['flags']): string {
  return Object.keys(flags)
    .filter((name) => name !== 'limit')
    .map((name) => {
      const value = values[name];
      if (value === undefined || value === false) return '';
      if (value === true) return ` --${name}`;
      const text = typeof value === 'string' ? value : value.join(',');
      if (text === '' && typeof value !== 'string') return '';
      return ` --${name} ${/^[\w.,:@#+-]+$/.test(text) ? text : quoteArgument(text)}`;
    })
    .join('');
}

/** Writes a command that shows so much of a list, as far as a list goes. */
export function withLimit(command: string, total: number): string {
  return `${command} --limit ${Math.min(total, 10_000)}`;
}
