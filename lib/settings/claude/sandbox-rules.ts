import { isRecord } from '../json-value.ts';

/** A folder that a rule names, as written, with the kind of path that stands for it. */
export interface RulePath {
  readonly from: 'root' | 'home' | 'project';
  /** The rest of the path, without a slash at its ends. */
  readonly path: string;
}

/** What settings say of the Bash sandbox, as far as it concerns a command like docket. */
export interface SandboxRules {
  /** Undefined where the file says nothing of it. */
  readonly enabled: boolean | undefined;
  readonly writable: readonly RulePath[];
  readonly denied: readonly RulePath[];
  readonly excludedCommands: readonly string[];
}

/**
 * Reads the sandbox rules of a settings file (each was tried with 2.1.332). Besides the sandbox's own
 * lists, `Edit` rules and additional directories say what may be written.
 */
export function readSandboxRules(value: Readonly<Record<string, unknown>>): SandboxRules {
  const sandbox = recordOf(value.sandbox);
  const filesystem = recordOf(sandbox.filesystem);
  const permissions = recordOf(value.permissions);
  return {
    enabled: typeof sandbox.enabled === 'boolean' ? sandbox.enabled : undefined,
    writable: [
      ...textsOf(filesystem.allowWrite).flatMap(parsePath),
      ...textsOf(permissions.additionalDirectories).flatMap(parsePath),
      ...textsOf(permissions.allow).flatMap(parseEditRule),
    ],
    denied: [
      ...textsOf(filesystem.denyWrite).flatMap(parsePath),
      ...textsOf(permissions.deny).flatMap(parseEditRule),
    ],
    excludedCommands: textsOf(sandbox.excludedCommands),
  };
}

/** Whether a pattern of `excludedCommands` covers a command line: `docket *`, `docket:*`, `*`. */
export function coversCommand(pattern: string, command: string): boolean {
  const prefix = pattern.endsWith(':*') ? pattern.slice(0, -2) : undefined;
  if (prefix !== undefined) return command === prefix || command.startsWith(`${prefix} `);
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(command);
}

/** Reads a path of the sandbox's lists: a folder with all below it, never a pattern. */
function parsePath(text: string): readonly RulePath[] {
  const folder = text.replace(/\/\*\*$/, '/');
  if (/[*?[\]$]/.test(folder)) return [];
  if (folder === '~' || folder.startsWith('~/')) return [rulePath('home', folder.slice(1))];
  return [rulePath(folder.startsWith('/') ? 'root' : 'project', folder)];
}

/** Reads `Edit(~/x/**)` and `Edit(//x/**)`; one slash or none means a place in the project. */
function parseEditRule(rule: string): readonly RulePath[] {
  const path = /^Edit\((.*)\)$/s.exec(rule)?.[1];
  return path?.startsWith('//') || path?.startsWith('~/') ? parsePath(path) : [];
}

function rulePath(from: RulePath['from'], path: string): RulePath {
  return { from, path: path.replace(/^\/+|\/+$/g, '') };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
