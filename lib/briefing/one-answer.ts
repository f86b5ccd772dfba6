import { type Env, stateFolder, userSettingsFile } from '../config/paths.ts';
import { readText } from '../filesystem/read-file.ts';
import { isFirstAnswer } from '../state/first-answer.ts';

/** The length of settings beyond which no entry is looked for. */
const mostBytes = 1024 * 1024;

/**
 * Whether this hook is to answer an event. A project and its person may both have docket's entries:
 * Claude Code starts both at once and in no order, and which settings files it reads, it alone
 * knows. So neither stands back for the other's file: of the two, the first answers. Where the
 * person's own settings have no entry, the hook is alone.
 */
export function isToAnswer(env: Env, input: string): boolean {
  return !hasUserEntries(env) || isFirstAnswer(stateFolder(env), input);
}

/** To parse the file would take longer, and cannot be wrong the other way: the hook answers. */
function hasUserEntries(env: Env): boolean {
  try {
    return readText(userSettingsFile(env), mostBytes)?.includes('/docket/current/hook"') ?? false;
  } catch {
    return false;
  }
}
