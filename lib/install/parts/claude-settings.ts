import { join } from 'node:path';
import type { Env } from '../../config/paths.ts';
import { statOrUndefined } from '../../filesystem/path-facts.ts';
import { readText } from '../../filesystem/read-file.ts';
import { isRecord } from '../../settings/json-value.ts';
import { isOwnHook } from '../../settings/own-entries.ts';
import { userSettingsFile } from '../installation.ts';

/** A settings file that Claude Code reads in sessions started in a folder. */
export interface ClaudeSettings {
  readonly path: string;
  readonly level: 'user' | 'project' | 'local';
  readonly value: Readonly<Record<string, unknown>>;
  /** Whether it cannot be read: Claude Code ignores a broken file as a whole. */
  readonly isBroken: boolean;
}

/** A hook of a settings file. */
export interface HookEntry {
  readonly event: string;
  readonly matcher: string | undefined;
  readonly hook: Readonly<Record<string, unknown>>;
}

export function projectSettingsFile(folder: string): string {
  return join(folder, '.claude', 'settings.json');
}

/** Reads the files that count for a session started in `folder`, as far as they exist. */
export function readClaudeSettings(folder: string, env: Env): readonly ClaudeSettings[] {
  const files = [
    [userSettingsFile(env), 'user'],
    [projectSettingsFile(folder), 'project'],
    [join(folder, '.claude', 'settings.local.json'), 'local'],
  ] as const;
  return files
    .filter(([path], index) => files.findIndex(([other]) => other === path) === index)
    .filter(([path]) => isFile(path))
    .map(([path, level]) => ({ path, level, ...readObject(path) }));
}

/** Lists every hook of a file, whoever it belongs to. */
export function hooksIn({ value }: Pick<ClaudeSettings, 'value'>): readonly HookEntry[] {
  const events = isRecord(value.hooks) ? Object.entries(value.hooks) : [];
  return events.flatMap(([event, groups]) =>
    list(groups).flatMap((group) =>
      (isRecord(group) ? list(group.hooks) : []).filter(isRecord).map((hook) => ({
        event,
        matcher: isRecord(group) && typeof group.matcher === 'string' ? group.matcher : undefined,
        hook,
      })),
    ),
  );
}

export function hasOwnHooks(settings: Pick<ClaudeSettings, 'value'>): boolean {
  return hooksIn(settings).some(({ hook }) => isOwnHook(hook));
}

function isFile(path: string): boolean {
  const found = statOrUndefined(path);
  return typeof found === 'object' && found.isFile();
}

/** Far more than settings ever have. */
const mostBytes = 4 * 1024 * 1024;

function readObject(path: string): Pick<ClaudeSettings, 'value' | 'isBroken'> {
  try {
    const value: unknown = JSON.parse(readText(path, mostBytes) ?? '');
    return isRecord(value) ? { value, isBroken: false } : { value: {}, isBroken: true };
  } catch {
    return { value: {}, isBroken: true };
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
