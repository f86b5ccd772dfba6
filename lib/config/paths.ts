import { homedir } from 'node:os';
import { join } from 'node:path';

/** The variables of a process. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Folders of the XDG base directory specification; relative values are ignored, as it says. */
function xdg(env: Env, variable: string, fallback: string): string {
  const value = env[variable];
  return join(value?.startsWith('/') ? value : join(homeOf(env), fallback), 'docket');
}

/** The home folder; the root's where a container's user has neither variable nor account. */
export function homeOf(env: Env): string {
  if (env.HOME?.startsWith('/')) return env.HOME;
  try {
    return homedir();
  } catch {
    return '/';
  }
}

/** The person's own configuration: `config.json`, `trusted.json`, `credentials.json`. */
export function configFolder(env: Env): string {
  return xdg(env, 'XDG_CONFIG_HOME', '.config');
}

/** The default database and the installation. */
export function dataFolder(env: Env): string {
  return xdg(env, 'XDG_DATA_HOME', '.local/share');
}

/** What can be lost: snapshots, breakers, bindings of sessions. */
export function stateFolder(env: Env): string {
  return xdg(env, 'XDG_STATE_HOME', '.local/state');
}

/** Where hooks keep what went wrong inside them, for `docket doctor`. */
export function hookLog(env: Env): string {
  return join(stateFolder(env), 'hook.log');
}
