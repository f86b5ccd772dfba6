import { parseArgs } from 'node:util';

export interface Options {
  /** Runs fewer times and without a million tasks: for an impression, not for a statement. */
  readonly quick: boolean;
  /** Only the groups of measurements whose name contains one of these. */
  readonly only: readonly string[];
  readonly json: boolean;
}

/** Parses the options. @throws TypeError for an unknown flag. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  return values;
}
