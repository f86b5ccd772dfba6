import { describeMode, parseProjectSettings } from '../../config/project-settings.ts';
import type { Context } from '../../config/resolve.ts';
import { DocketError } from '../../model/errors.ts';
import type { Check } from '../check.ts';
import type { ModeKeys } from '../parts/mode-options.ts';

/** Checks whom new tasks are for and who does them, by docket.json and the `keys` it will get. */
export function checkMode(
  { search: { project } }: Pick<Context, 'search'>,
  keys: ModeKeys = {},
): readonly Check[] {
  const name = 'mode';
  try {
    const settings = parseProjectSettings({ ...project?.config, ...keys }, project?.file ?? '');
    if (settings.mode === undefined) return [];
    // A project can belong to a client.
    const isOpen = settings.client === undefined && settings.project === undefined;
    if (settings.mode === 'msp' && isOpen) {
      const message = 'msp without a client: each new task needs --client NAME';
      const next = 'docket init --mode msp --client NAME names one for all';
      return [{ name, status: 'warn', message, next }];
    }
    return [{ name, status: 'ok', message: describeMode(settings) }];
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    const next = 'Mend it: until then tasks are neither created nor run';
    return [{ name, status: 'fail', message: error.message, next }];
  }
}
