import { accountHome } from './account.ts';

/** The variables of a process. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Folders of the XDG base directory specification; relative values are ignored, as it says. */
function xdg(env: Env, variable: string, fallback: string): string {
  const value = env[variable];
  return `${value?.startsWith('/') ? value : `${homeOf(env)}/${fallback}`}/docket`;
}

/** The home folder; the root's where a container's user has neither variable nor account. */
export function homeOf(env: Env): string {
  return (env.HOME?.startsWith('/') ? env.HOME : accountHome()) ?? '/';
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
  return `${stateFolder(env)}/hook.log`;
}
