import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Env, homeOf } from '../../config/paths.ts';
import { makeFolder, writeAtomically } from '../../filesystem/atomic-write.ts';
import { readText } from '../../filesystem/read-file.ts';
import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';

const mark = '# docket: written by its scripts/setup';

/** The text of the `docket` command: a few lines, so that an upgrade does not have to touch it. */
export function commandText(current: string): string {
  return `#!/bin/sh
${mark}
current=${shellWord(current)}
if [ ! -f "$current/docket.cjs" ]; then
  echo "docket: its installation $current is gone. Run ./scripts/setup of docket again." >&2
  exit 1
fi
node=$current/node
[ -x "$node" ] || node=node
# What is meant for the person's own programs must not keep docket from starting; they get it back.
unset DOCKET_NODE_OPTIONS
if [ -n "\${NODE_OPTIONS-}" ]; then
  export DOCKET_NODE_OPTIONS="$NODE_OPTIONS"
  unset NODE_OPTIONS
fi
exec "$node" "$current/docket.cjs" "$@"
`;
}

/** Lists the person's own folders for commands, the usual one first. */
export function commandFolders(env: Env): readonly string[] {
  const home = homeOf(env);
  return [join(home, '.local', 'bin'), join(home, 'bin')];
}

export interface PathCommand {
  readonly path: string;
  /** Whether a shell finds it there. */
  readonly onPath: boolean;
}

/**
 * Puts `docket` into the first folder of the person's own that can be written. A file of another
 * program is left alone.
 *
 * @throws DocketError `invalid_settings` when there is no such folder.
 */
export function putOnPath(env: Env, current: string): PathCommand {
  const folders = commandFolders(env);
  for (const folder of folders) {
    const path = join(folder, 'docket');
    if (isForeign(path) || !canWrite(folder)) continue;
    const text = commandText(current);
    writeAtomically(path, text, { executable: true });
    return { path, onPath: (env.PATH ?? '').split(delimiter).includes(folder) };
  }
  throw new DocketError('invalid_settings', `cannot write docket to ${folders.join(' or ')}`, {
    hint: `Put this on your PATH by hand: ${join(current, 'bin', 'docket')}`,
  });
}

/** Finds the commands that `putOnPath` put there. */
export function ownCommands(env: Env): readonly string[] {
  return commandFolders(env)
    .map((folder) => join(folder, 'docket'))
    .filter((path) => existsSync(path) && !isForeign(path));
}

/** The command is a script of a few lines. */
const mostBytes = 64 * 1024;

function isForeign(path: string): boolean {
  try {
    return readText(path, mostBytes)?.includes(mark) === false;
  } catch {
    return true;
  }
}

function canWrite(folder: string): boolean {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
