import type { Check } from '../check.ts';
import { type ClaudeSettings, hasOwnHooks } from '../parts/claude-settings.ts';

const refusal = {
  name: 'settings',
  status: 'fail',
  next: 'Ask who administers this computer',
} as const;

/**
 * Says which settings files Claude Code ignores as a whole. In print mode it hardly says so, and
 * nothing of such a file counts. It is a failure where docket's hooks stand in no other file.
 */
export function checkIgnoredSettings(settings: readonly ClaudeSettings[]): readonly Check[] {
  const isInstalled = settings.some(hasOwnHooks);
  return settings.flatMap(({ path, level, ignored }) => {
    if (ignored === undefined) return [];
    if (level === 'managed')
      return [{ ...refusal, message: `Claude Code does not start with ${path}: ${ignored}` }];
    const loss = isInstalled ? 'nothing in it counts' : 'no docket hook runs';
    return {
      name: 'settings',
      status: isInstalled ? ('warn' as const) : ('fail' as const),
      message: `Claude Code ignores all of ${path}, so ${loss}: ${ignored}`,
      next: `Mend ${path}, then run docket doctor`,
    };
  });
}
