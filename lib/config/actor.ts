import { namedActor, plainActor } from './identity.ts';
import type { Env } from './paths.ts';

/**
 * Names who acts, for the record: DOCKET_ACTOR, else the person's name as git has it for `folder`,
 * else user@host. Git is asked, as its configuration includes other files on conditions; that takes
 * 8 ms, so a session remembers the name, and a command asks when it writes.
 */
export function actorOf(env: Env, folder: string | undefined): string {
  return namedActor(env) ?? nameInGit(env, folder) ?? plainActor(env);
}

/** The longest name in characters, and how long git may take to tell it, in milliseconds. */
const longest = 100;
const timeout = 1_000;

function nameInGit(env: Env, folder: string | undefined): string | undefined {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { stdout, status } = spawnSync('git', ['config', '--get', 'user.name'], {
    ...{
      cwd: folder,
      env: { ...env },
      timeout,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
    maxBuffer: 65_536,
  });
  if (status !== 0) return undefined;
  return (
    stdout
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, longest)
      .trim() || undefined
  );
}
