import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Env } from '../../config/paths.ts';
import { canRun } from '../../filesystem/path-facts.ts';
import { readText } from '../../filesystem/read-file.ts';
import type { Check } from '../check.ts';
import { isExecutable } from '../files/file-change.ts';
import { installationOf } from '../installation.ts';
import { commandFolders } from '../parts/path-command.ts';

/** Checks Node.js, the installation, and `docket` on PATH. */
export function checkInstallation(env: Env): readonly Check[] {
  const { current, launcher } = installationOf(env);
  const setup = "Run ./scripts/setup in docket's clone";
  if (!existsSync(launcher)) {
    const message = `docket is not installed in ${current}: hooks do nothing`;
    return [{ name: 'installation', status: 'fail', message, next: setup }];
  }
  const version = readVersion(current);
  return [
    checkNode(env, setup),
    { name: 'installation', status: 'ok', message: `docket ${version} in ${current}` },
    checkPath(env),
  ];
}

function checkNode(env: Env, setup: string): Check {
  const name = 'node';
  const node = join(installationOf(env).current, 'node');
  if (isExecutable(node)) {
    const message = `${process.versions.node} runs this; hooks use ${realpathSync(node)}`;
    return { name, status: 'ok', message };
  }
  const message = `${node} is gone: hooks take the first node on PATH, which may be too old`;
  return { name, status: 'warn', message, next: setup };
}

function checkPath(env: Env): Check {
  const name = 'PATH';
  const folders = (env.PATH ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, 'docket')).find(canRun);
  const own = installationOf(env).command;
  const next = `export PATH="${dirname(findOwn(env) ?? own)}:$PATH"`;
  if (found === undefined) {
    const message = 'docket is not on PATH here; in sessions its hooks put it there';
    return { name, status: 'warn', message, next };
  }
  if (!isSameText(found, own)) {
    const message = `${found} comes first on PATH and is not this installation's`;
    return { name, status: 'warn', message, next };
  }
  return { name, status: 'ok', message: found };
}

/** Finds where setup put the command: after the next login the folder may be on PATH. */
function findOwn(env: Env): string | undefined {
  return commandFolders(env)
    .map((folder) => join(folder, 'docket'))
    .find(canRun);
}

/** The command is a script of a few lines, the version one word. */
const mostBytes = 64 * 1024;

function isSameText(one: string, other: string): boolean {
  try {
    return readText(one, mostBytes) === readText(other, mostBytes);
  } catch {
    return false;
  }
}

const unknown = 'of unknown version';

export function readVersion(folder: string): string {
  try {
    return readText(join(folder, 'version'), mostBytes)?.trim() ?? unknown;
  } catch {
    return unknown;
  }
}
