import { DocketError } from '../../model/errors.ts';
import { scanJson } from '../json-scan.ts';
import { isRecord } from '../json-value.ts';
import { hasStrayGuards } from './misplaced-guards.ts';
import { describeAt, readHooks } from './read-hooks.ts';
import { ClaudeSettingsFile } from './settings-schema.ts';

/** A settings file as Claude Code reads it. */
export interface ClaudeFile {
  readonly value: Readonly<Record<string, unknown>>;
  /** Why Claude Code ignores the whole file, as far as docket knows; undefined when it reads it. */
  readonly ignored: string | undefined;
}

/** Reads the text of a settings file as Claude Code does, a byte order mark at its start or not. */
export function readClaudeFile(text: string): ClaudeFile {
  const json = text.replace(/^\uFEFF/, '');
  if (json.trim() === '') return { value: {}, ignored: undefined };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { value: {}, ignored: whyBroken(text) };
  }
  if (!isRecord(value)) return { value: {}, ignored: 'it is not a JSON object' };
  return { value, ignored: flawsOf(value)[0] };
}

function flawsOf(value: Readonly<Record<string, unknown>>): readonly string[] {
  const stray = hasStrayGuards(value) ? ['hooks that guard permissions stand outside "hooks"'] : [];
  const { allowedMarketplaces: _, ...others } = value;
  // It is another name of the same setting, and counts for nothing beside it.
  const read = 'strictKnownMarketplaces' in value ? others : value;
  const result = ClaudeSettingsFile.safeParse(read, { reportInput: true });
  const issues = result.success ? [] : result.error.issues;
  return [
    ...stray,
    ...readHooks(value.hooks).fatal,
    ...issues.map((issue) => describeAt('', issue)),
  ];
}

/** Says where strict JSON is broken; what only the scanner would take is a bad character. */
function whyBroken(text: string): string {
  try {
    scanJson(text, 'it');
  } catch (error) {
    if (error instanceof DocketError) return error.message;
    throw error;
  }
  return 'it is not strict JSON';
}
