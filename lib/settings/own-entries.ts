import { taskTools } from '../model/task-tools.ts';
import { isRecord } from './json-value.ts';

/** The lists under `permissions` that docket may write to. */
export const permissionLists = ['allow', 'ask', 'deny'] as const;

export type PermissionList = (typeof permissionLists)[number];

/**
 * The shell script by which entries start the launcher, whose path is its `$0`. The file needs no x
 * bit, which a checkout can lose. A subshell reads it, so that the entry ends with 0 even where the
 * file is missing or broken: a shell ends with 2 then, and Claude Code blocks the prompt.
 */
export const startScript = '(. "$0") || :';

const launcherPath = /(?:^|[/\\])\.claude[/\\]docket[/\\]hook$|[/\\]docket[/\\]current[/\\]hook$/;
const shell = /^(?:.*[/\\])?(?:sh|bash|dash)$/;

// Docket never gives a rule for one of these: they decide what runs and where data goes. They are
// the commands that the catalogue of operations has for people only; a test proves it.
const verbsOfPeople = new Set([
  ...['archive', 'backup', 'completion', 'copy', 'doctor', 'export', 'import', 'init', 'migrate'],
  ...['notify', 'restore', 'run', 'server', 'statusline', 'stop', 'trust', 'uninstall', 'verify'],
]);

const toolRules: ReadonlySet<string> = new Set(taskTools);

/**
 * Whether a hook entry starts docket's launcher: by `startScript`, or, as in earlier versions, the
 * launcher is the command itself or the script that a shell is given. A path somewhere in a command
 * is not enough, since entries that pass are removed, and started by `docket doctor`.
 */
export function isOwnHook(hook: unknown): boolean {
  if (!isRecord(hook) || hook.type !== 'command' || typeof hook.command !== 'string') {
    return false;
  }
  const { command, args } = hook;
  if (args === undefined) {
    const [first = '', second = ''] = wordsOf(command);
    return launcherPath.test(first) || (shell.test(first) && launcherPath.test(second));
  }
  if (launcherPath.test(command)) return true;
  if (!shell.test(command) || !Array.isArray(args)) return false;
  const isWrapped = args[0] === '-c' && args[1] === startScript;
  const file: unknown = args[isWrapped ? 2 : 0];
  return typeof file === 'string' && launcherPath.test(file);
}

/**
 * Whether a permission rule has the exact shape of those that docket writes. A person may have
 * written the same rule earlier: the install record tells the two apart.
 */
export function isOwnRule(list: PermissionList, rule: unknown): rule is string {
  if (typeof rule !== 'string') {
    return false;
  }
  const shape = /^Bash\(docket ([a-z]+(?:-[a-z]+)*)(?: [a-z]+)?(?: \*)?\)$/;
  const verb = shape.exec(rule)?.[1];
  return list === 'allow' ? verb !== undefined && !verbsOfPeople.has(verb) : toolRules.has(rule);
}

/**
 * Splits a simple shell command into words, quotes undone; gives none when it is more than that.
 */
export function wordsOf(command: string): readonly string[] {
  if (/[;&|<>()`\n\\]/.test(command)) {
    return [];
  }
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replace(/["']/g, ''));
}
