import { dirname, resolve } from 'node:path';
import type { Database } from '../../config/database.ts';
import { type Env, homeOf, stateFolder } from '../../config/paths.ts';
import { isWithin, nearestRealPath } from '../../filesystem/path-facts.ts';
import { needsNetwork } from '../../model/connection.ts';
import {
  coversCommand,
  type RulePath,
  readSandboxRules,
} from '../../settings/claude/sandbox-rules.ts';
import type { Check } from '../check.ts';
import type { ClaudeSettings } from '../parts/claude-settings.ts';

interface SandboxOptions {
  readonly database: Database;
  readonly env: Env;
  /** The folder that the session starts in. */
  readonly folder: string;
}

/** A rule that excludes docket covers these; one for a single verb covers one of them at most. */
const sampleCommands = ['docket create x', 'docket list --json'];

/**
 * Checks Claude Code's Bash sandbox. It lets `docket` write nowhere but in the project, and connect
 * nowhere (measured with 2.1.328 and 2.1.332), so that the lines to add depend on the database.
 */
export function checkSandbox(settings: readonly ClaudeSettings[], options: SandboxOptions): Check {
  const name = 'sandbox';
  const rules = settings.map(({ value }) => readSandboxRules(value));
  if (rules.findLast(({ enabled }) => enabled !== undefined)?.enabled !== true) {
    return { name, status: 'ok', message: "Claude Code's Bash sandbox is off" };
  }
  const patterns = rules.flatMap(({ excludedCommands }) => excludedCommands);
  if (sampleCommands.every((line) => patterns.some((pattern) => coversCommand(pattern, line)))) {
    return { name, status: 'ok', message: 'docket is excluded from the Bash sandbox' };
  }
  const { database } = options;
  if (needsNetwork(database)) {
    return missing('connect to the database', { excludedCommands: ['docket *'] });
  }
  const folders = [dirname(database.path), stateFolder(options.env)];
  const denied = rules.flatMap((rule) => rule.denied);
  const shut = folders.filter((path) => denied.some((rule) => holds(rule, path, options)));
  if (shut.length > 0) {
    const next = `Deny no writing to ${shut.join(', ')} (sandbox.filesystem.denyWrite, permissions.deny)`;
    return { ...missing('write to its database', {}), next };
  }
  const writable = [ownFolder, ...rules.flatMap((rule) => rule.writable)];
  const closed = folders.filter((path) => !writable.some((rule) => holds(rule, path, options)));
  return closed.length === 0
    ? { name, status: 'ok', message: 'the Bash sandbox lets docket write to its folders' }
    : missing('write to its database', { filesystem: { allowWrite: closed } });
}

/** The sandbox always lets commands write to the folder that the session started in. */
const ownFolder: RulePath = { from: 'project', path: '' };

function holds(rule: RulePath, path: string, { env, folder }: SandboxOptions): boolean {
  const roots = { root: '/', home: homeOf(env), project: folder };
  const root = resolve(roots[rule.from], rule.path);
  return isWithin(nearestRealPath(path), nearestRealPath(root));
}

function missing(what: string, sandbox: object): Check {
  return {
    name: 'sandbox',
    status: 'warn',
    message: `Claude Code's Bash sandbox is on: agents' docket commands cannot ${what}`,
    next: `Add to .claude/settings.local.json: ${JSON.stringify({ sandbox })}`,
  };
}
