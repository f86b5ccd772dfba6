import { existsSync } from 'node:fs';
import { ownStatusLine } from '../../settings/status-line.ts';
import type { Check } from '../check.ts';
import type { ClaudeSettings } from '../parts/claude-settings.ts';

/** Checks docket's status line, where a settings file has it: whether it can run, and is shown. */
export function checkStatusLine(settings: readonly ClaudeSettings[]): readonly Check[] {
  const name = 'status line';
  const lines = settings.filter(({ value }) => value.statusLine !== undefined);
  const found = lines.find(({ value }) => ownStatusLine(value) !== undefined);
  const own = found && ownStatusLine(found.value);
  if (found === undefined || own === undefined) return [];
  if (!existsSync(own.script)) {
    const message = `${own.script}, which ${found.path} starts, is missing: the line is empty`;
    return [{ name, status: 'warn', message, next: "Run ./scripts/setup in docket's clone" }];
  }
  const shown = lines.at(-1);
  if (shown !== undefined && ownStatusLine(shown.value) === undefined) {
    const message = `here the one of ${shown.path} is shown instead of docket's`;
    return [{ name, status: 'warn', message, next: `Take statusLine out of ${shown.path}` }];
  }
  const first = own.wrapped === undefined ? '' : ` after your own (${own.wrapped})`;
  return [{ name, status: 'ok', message: `docket's is shown${first}, from ${found.path}` }];
}
