import type { Check } from '../check.ts';
import { type ClaudeSettings, hooksIn } from '../parts/claude-settings.ts';

/** Matches `bd prime` as a hook's command or within one, and not `abd` or `bd.txt`. */
const beads = /(?:^|[\s/;&|("'])bd(?=$|[\s;&|)"'])/;

/** Checks for hooks of other task trackers, which would inject a second list beside docket's. */
export function checkTrackers(settings: readonly ClaudeSettings[]): Check {
  const name = 'other trackers';
  const found = settings.flatMap((file) =>
    hooksIn(file)
      .filter(({ hook }) => beads.test(commandLine(hook)))
      .map(({ event }) => ({ path: file.path, event })),
  );
  const [first] = found;
  if (first === undefined) return { name, status: 'ok', message: 'no hooks of other trackers' };
  const events = found.map(({ event }) => event).join(', ');
  return {
    name,
    status: 'warn',
    message: `bd (beads) has hooks in ${first.path} (${events}): sessions see two task lists`,
    next: `Remove the bd entries from ${first.path}, for example with: bd setup claude --remove`,
  };
}

function commandLine(hook: Readonly<Record<string, unknown>>): string {
  const args = Array.isArray(hook.args) ? hook.args : [];
  return [hook.command, ...args].filter((part) => typeof part === 'string').join(' ');
}
