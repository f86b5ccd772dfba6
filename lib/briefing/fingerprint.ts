import { isStale, type ProcessProbe } from '../model/liveness.ts';
import type { PromptList } from '../model/prompt/list.ts';

/**
 * What makes two readings of a list the same for who reads it: everything that is shown except
 * how old it is.
 */
export function fingerprint(list: PromptList, probe: ProcessProbe): string {
  const claims = [...list.mine, ...list.others].map((task) => [
    task.key,
    isStale(task, task.holder ?? undefined, { now: list.at, probe }) ? 1 : 0,
  ]);
  return JSON.stringify([list.slug, list.seq, claims]);
}
