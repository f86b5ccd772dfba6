import { dirname } from 'node:path';
import type { Database } from '../../config/database.ts';
import { type Env, stateFolder } from '../../config/paths.ts';
import { isWithin } from '../../filesystem/path-facts.ts';
import { needsNetwork } from '../../model/connection.ts';
import { isRecord } from '../../settings/json-value.ts';
import type { Check } from '../check.ts';
import type { ClaudeSettings } from '../parts/claude-settings.ts';

/**
 * Checks Claude Code's Bash sandbox. It lets `docket` write nowhere but in the project, and connect
 * nowhere (measured with 2.1.328), so that the lines to add depend on the database.
 */
export function checkSandbox(
  settings: readonly ClaudeSettings[],
  { database, env }: { database: Database; env: Env },
): Check {
  const name = 'sandbox';
  const sandboxes = settings.map(({ value }) => value.sandbox).filter(isRecord);
  if (!sandboxes.some(({ enabled }) => enabled === true)) {
    return { name, status: 'ok', message: "Claude Code's Bash sandbox is off" };
  }
  if (needsNetwork(database)) {
    const isFree = sandboxes.some(({ excludedCommands }) => includes(excludedCommands, 'docket *'));
    if (isFree) return { name, status: 'ok', message: 'docket is excluded from the Bash sandbox' };
    return missing('connect to the database', { excludedCommands: ['docket *'] });
  }
  const folders = [dirname(database.path), stateFolder(env)];
  const open = sandboxes.flatMap(({ filesystem }) =>
    isRecord(filesystem) && Array.isArray(filesystem.allowWrite)
      ? filesystem.allowWrite.filter(isText).map(withoutSlash)
      : [],
  );
  const closed = folders.filter((folder) => !open.some((root) => isWithin(folder, root)));
  if (closed.length === 0) {
    return { name, status: 'ok', message: 'the Bash sandbox lets docket write to its folders' };
  }
  return missing('write to its database', { filesystem: { allowWrite: closed } });
}

function missing(what: string, sandbox: object): Check {
  return {
    name: 'sandbox',
    status: 'warn',
    message: `Claude Code's Bash sandbox is on: agents' docket commands cannot ${what}`,
    next: `Add to .claude/settings.local.json: ${JSON.stringify({ sandbox })}`,
  };
}

function includes(list: unknown, item: string): boolean {
  return Array.isArray(list) && list.includes(item);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function withoutSlash(folder: string): string {
  return folder.replace(/(?<=.)\/+$/, '');
}
