import type { NotifyTarget } from '../config/notify-targets.ts';
import type { DeadEvent, NotifyTarget as TargetView } from '../model/notify/answer.ts';
import { type TargetMemory, targetMemory } from './memory.ts';
import type { Telling } from './telling.ts';

/** Shows how far the targets are. @throws DocketError `invalid_config` */
export function viewTargets({ targets, folder }: Telling): readonly TargetView[] {
  return targets.map((target) => viewTarget(target, targetMemory(folder, target.name)));
}

export function viewTarget(target: NotifyTarget, memory: TargetMemory, sent = 0): TargetView {
  const { name, url, format, secrets, isPrivate, only } = target;
  const { cursor = null, failing } = memory.readProgress() ?? {};
  const state = failing === undefined ? 'ready' : failing.isGone ? 'gone' : 'waiting';
  return {
    name,
    origin: url.origin,
    format,
    signed: secrets.length > 0,
    private: isPrivate,
    only: {
      lists: copy(only.lists),
      verbs: copy(only.verbs),
      clients: copy(only.clients),
      projects: copy(only.projects),
      types: copy(only.types),
    },
    cursor,
    sent,
    state,
    reason: failing?.reason ?? null,
    nextAt: failing?.nextAt ?? null,
    dead: memory.readDead().length,
  };
}

function copy(words: readonly string[] | null): string[] | null {
  return words === null ? null : [...words];
}

/** Shows the events that were given up. @throws DocketError `invalid_config` */
export function viewDead({ targets, folder }: Telling): readonly DeadEvent[] {
  return targets.flatMap(({ name }) =>
    targetMemory(folder, name)
      .readDead()
      .map(({ event: { seq, verb, task, title }, reason, at }) => ({
        ...{ target: name, seq, verb, task, title, reason, at },
      })),
  );
}
