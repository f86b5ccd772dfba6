import { type Mode, parseProjectSettings } from '../../config/project-settings.ts';
import type { Context } from '../../config/resolve.ts';
import { DocketError } from '../../model/errors.ts';
import { entrySlug } from '../../model/registry/entry.ts';
import { RegistryName } from '../../model/registry/input.ts';
import { parseInput } from '../../model/task/input.ts';

/** The options of `docket init` that say whom a project's tasks are for. */
export interface ModeOptions {
  readonly mode?: Mode | undefined;
  readonly client?: string | undefined;
  readonly project?: string | undefined;
}

/** The keys that docket.json is to have of them; an undefined one is removed. */
export type ModeKeys = Readonly<Record<string, string | undefined>>;

/**
 * Checks the options against docket.json. A name that only spells the one there in another way
 * changes nothing.
 *
 * @throws DocketError `usage`, `invalid_input`, `invalid_config`
 */
export function planMode({ search: { project } }: Context, given: ModeOptions): ModeKeys {
  const known = project === undefined ? {} : parseProjectSettings(project.config, project.file);
  const names = { client: given.client, project: given.project };
  const isNamed = Object.values(names).some((name) => name !== undefined);
  const mode = given.mode ?? known.mode;
  if (isNamed && mode === undefined) {
    throw new DocketError('usage', '--client and --project need a mode', {
      hint: 'docket init --mode msp --client NAME, or --mode development --project NAME',
    });
  }
  if (isNamed && mode === 'normal') {
    throw new DocketError('usage', 'in normal mode tasks are for no client and of no project', {
      hint: '--mode msp, or --mode development',
    });
  }
  if (given.mode === 'normal') return { mode: 'normal', client: undefined, project: undefined };
  const keys: Record<string, string> = given.mode === undefined ? {} : { mode: given.mode };
  for (const [key, name] of Object.entries(names)) {
    if (name === undefined) continue;
    const parsed = parseInput(RegistryName, name, { what: `--${key}` });
    const before = known[key as 'client' | 'project'];
    keys[key] = before !== undefined && entrySlug(before) === entrySlug(parsed) ? before : parsed;
  }
  return keys;
}
