import { accountHome } from './account.ts';

/** The variables of a process. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Docket's folder by the XDG base directory specification, which ignores relative values. */
function xdg(env: Env, variable: string, fallback: string): string {
  const value = env[variable];
  return `${value?.startsWith('/') ? value : `${homeOf(env)}/${fallback}`}/docket`;
}

/** The home folder; `/` where a container's user has neither variable nor account. */
export function homeOf(env: Env): string {
  return (env.HOME?.startsWith('/') ? env.HOME : accountHome()) ?? '/';
}

/** The folder of `config.json`, `trusted.json` and `credentials.json`, the person's own. */
export function configFolder(env: Env): string {
  return xdg(env, 'XDG_CONFIG_HOME', '.config');
}

/** The folder of the default database and the installation. */
export function dataFolder(env: Env): string {
  return xdg(env, 'XDG_DATA_HOME', '.local/share');
}

/** The folder of what can be lost: snapshots, breakers, bindings of sessions. */
export function stateFolder(env: Env): string {
  return xdg(env, 'XDG_STATE_HOME', '.local/state');
}

/** The file in which hooks note their own failures, for `docket doctor`. */
export function hookLog(env: Env): string {
  return `${stateFolder(env)}/hook.log`;
}

/** The file of this person's Claude Code settings, for all projects. */
export function userSettingsFile(env: Env): string {
  return `${env.CLAUDE_CONFIG_DIR || `${homeOf(env)}/.claude`}/settings.json`;
}
