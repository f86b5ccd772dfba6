import { join } from 'node:path';
import { type Env, userSettingsFile } from '../../config/paths.ts';
import { statOrUndefined } from '../../filesystem/path-facts.ts';
import { readBytes, readText } from '../../filesystem/read-file.ts';
import { readClaudeFile } from '../../settings/claude/read-claude-file.ts';
import { type HookEntry, readHooks } from '../../settings/claude/read-hooks.ts';
import { isOwnHook } from '../../settings/own-entries.ts';
import { decodeText } from '../files/text-encoding.ts';
import type { ClaudeAnswer } from './ask-claude.ts';
import { managedSettingsFiles } from './managed-settings.ts';

/** A settings file that Claude Code reads in sessions started in a folder. */
export interface ClaudeSettings {
  readonly path: string;
  readonly level: 'user' | 'project' | 'local' | 'managed';
  /** What Claude Code takes from it: nothing when it ignores the file. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Why Claude Code ignores the whole file; undefined when it reads it. */
  readonly ignored: string | undefined;
}

interface ReadOptions {
  readonly env: Env;
  /** What Claude Code itself says of the files; docket's own knowledge counts otherwise. */
  readonly answer?: ClaudeAnswer | undefined;
  /** The administrator's files, those of this system where they are not given. */
  readonly managed?: readonly string[];
}

export function projectSettingsFile(folder: string): string {
  return join(folder, '.claude', 'settings.json');
}

/**
 * Reads the files that count for a session started in `folder`, as far as they exist, in the order
 * in which a later one overrides an earlier one.
 */
export function readClaudeSettings(
  folder: string,
  { env, answer, managed = managedSettingsFiles() }: ReadOptions,
): readonly ClaudeSettings[] {
  const files = [
    [userSettingsFile(env), 'user'],
    [projectSettingsFile(folder), 'project'],
    [join(folder, '.claude', 'settings.local.json'), 'local'],
    ...managed.map((path) => [path, 'managed'] as const),
  ] as const;
  return files
    .filter(([path], index) => files.findIndex(([other]) => other === path) === index)
    .filter(([path]) => isFile(path))
    .map(([path, level]) => ({
      path,
      level,
      ...(level === 'managed' ? readManaged(path) : readAsClaude(path, answer)),
    }));
}

/** Lists every hook of a file that Claude Code can run, whoever it belongs to. */
export function hooksIn({ value }: Pick<ClaudeSettings, 'value'>): readonly HookEntry[] {
  return readHooks(value.hooks).loaded;
}

export function hasOwnHooks(settings: Pick<ClaudeSettings, 'value'>): boolean {
  return hooksIn(settings).some(({ hook }) => isOwnHook(hook));
}

function isFile(path: string): boolean {
  const found = statOrUndefined(path);
  return typeof found === 'object' && found.isFile();
}

/** The longest settings file that Claude Code reads, in bytes (2.1.332). */
const mostBytes = 2 * 1024 * 1024;

type Reading = Pick<ClaudeSettings, 'value' | 'ignored'>;

/** Of an administrator's file, Claude Code ignores a bad value alone, and starts with no broken one. */
function readManaged(path: string): Reading {
  try {
    const { value, ignored } = readClaudeFile(readText(path, mostBytes) ?? '');
    return { value, ignored: Object.keys(value).length === 0 ? ignored : undefined };
  } catch {
    // Somebody else's matter, such as one that this person may not read.
    return { value: {}, ignored: undefined };
  }
}

function readAsClaude(path: string, answer: ClaudeAnswer | undefined): Reading {
  try {
    const { text } = decodeText(readBytes(path, mostBytes) ?? Buffer.of());
    const { value, ignored: known } = readClaudeFile(text);
    const ignored = answer === undefined ? known : answer.whyIgnored(path, known);
    return { value: ignored === undefined ? value : {}, ignored };
  } catch (error) {
    const { message } = error as Error;
    return { value: {}, ignored: `it cannot be read (${message})` };
  }
}
