import { type HookInput, parseHookInput } from './input.ts';
import { logFailure } from './log.ts';
import { type HookAnswer, type HookEvent, renderHookOutput } from './output.ts';
import { exit, print, readStdin } from './stdio.ts';
import { catchStrayErrors } from './stray-errors.ts';

export interface HookOptions {
  /** The file that keeps failures for `docket doctor`. */
  readonly logFile: string;
  /** The answer when the hook fails. */
  readonly onFailure?: HookAnswer;
  /** Whether to answer the event that is this text on stdin; another hook may answer it instead. */
  readonly isToAnswer?: (text: string) => boolean;
}

/**
 * Runs a hook: reads stdin, asks `answer`, prints JSON or nothing, exits 0. Whatever fails inside,
 * the prompt goes on as if docket were not there. No other place in hooks prints or exits.
 */
export async function runHook(
  event: HookEvent,
  answer: (input: HookInput) => Promise<HookAnswer | undefined>,
  { logFile, onFailure, isToAnswer }: HookOptions,
): Promise<never> {
  catchStrayErrors(fail);
  try {
    const text = await readStdin();
    const input = parseHookInput(text);
    if (input === undefined) return finish(onFailure);
    return finish(isToAnswer?.(text) === false ? undefined : await answer(input));
  } catch (error) {
    return fail(error);
  }

  function fail(error: unknown): never {
    logFailure(logFile, event, error);
    return finish(onFailure);
  }

  function finish(answered: HookAnswer | undefined): never {
    try {
      const text = answered && renderHookOutput(answered.event ?? event, answered);
      if (text !== undefined) print(text);
    } catch (error) {
      logFailure(logFile, event, error);
    }
    exit();
  }
}
