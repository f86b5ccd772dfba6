import { parseArgs } from 'node:util';

export interface Options {
  /** Fewer runs and no million tasks: for a look, not for a statement. */
  readonly quick: boolean;
  /** Only the groups of measurements whose name contains one of these. */
  readonly only: readonly string[];
  readonly json: boolean;
}

/** @throws TypeError for a flag that is not there. */
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
