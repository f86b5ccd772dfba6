import { isStale, type ProcessProbe } from '../model/liveness.ts';
import { type PromptList, versionOf } from '../model/prompt/list.ts';

/**
 * Tells whether two readings of a list are the same for their reader: it covers everything that is
 * shown except the age.
 */
export function fingerprint(list: PromptList, probe: ProcessProbe): string {
  const claims = [...list.mine, ...list.others].map((task) => [
    task.key,
    isStale(task, task.holder ?? undefined, { now: list.at, probe }) ? 1 : 0,
  ]);
  return JSON.stringify([list.slug, versionOf(list), claims]);
}
