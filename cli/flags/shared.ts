import { DocketError } from '../../lib/model/errors.ts';
import { isForPerson } from '../../lib/render/text/style.ts';
import type { Flags } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';

/** The arguments of a verb that takes the keys of one or more tasks. */
export const someKeys = { min: 1, max: Number.POSITIVE_INFINITY } as const;

/** Reads the keys of such a verb: one is `task`, several are `tasks`. */
export function readKeys(args: readonly string[]): { task: string } | { tasks: string[] } {
  const [task = '', ...others] = args;
  return others.length === 0 ? { task } : { tasks: [task, ...others] };
}

export const forceFlag = {
  force: { type: 'boolean', description: 'although another live session works on it' },
} as const satisfies Flags;

/** Runs a command that looks again whenever something has changed; main does it. */
export const watchFlag = {
  watch: { type: 'boolean', description: 'stay, and show each change; q or Ctrl-C ends it' },
} as const satisfies Flags;

/** The client of a project or of infrastructure. */
export const ofClientFlag = {
  client: { type: 'string', value: 'NAME', description: "the client it is of; '' for none" },
} as const satisfies Flags;

export function readClient(client: string | undefined) {
  return client === undefined ? {} : { client: client === '' ? null : client };
}

/** The number of rows that a list shows. */
export const limitFlag = {
  limit: { type: 'string', value: 'N', description: 'show at most so many' },
} as const satisfies Flags;

/** Reads the limit of a list. @throws DocketError `usage` */
export function readLimit({ limit }: { readonly limit: string | undefined }): number | undefined {
  return limit === undefined ? undefined : readNumber('limit', limit, { min: 1, max: 10_000 });
}

/**
 * The number of tasks that a list has unless a limit is given: a screen or two for a person, and
 * for a program, which would take a beginning for the whole, all that a team's list has.
 */
export function usualLimit(
  values: { readonly json?: boolean },
  { style }: Pick<CommandIo, 'style'>,
): number | undefined {
  return isForPerson(style) && values.json !== true ? undefined : 1_000;
}

/** Reads a whole number from a flag. @throws DocketError `usage` */
export function readNumber(
  flag: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new DocketError('usage', `--${flag}: ${JSON.stringify(text)} is not allowed`, {
    hint: `A whole number from ${min} to ${max}`,
  });
}
