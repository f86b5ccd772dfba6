import type { News, TaskEvent, TaskNow } from './news.ts';
import type { IsOwn } from './task-change.ts';

/** A task that a session has made and that waits, with the unfinished tasks that it needs. */
export interface Awaited {
  readonly key: string;
  readonly needs: readonly string[];
}

/** A task that waits no longer, and what another session has finished for it, where that is known. */
export interface Freed {
  readonly task: TaskNow;
  readonly finished: { readonly by: TaskEvent; readonly title: string } | undefined;
}

/**
 * Tells which of the tasks that a session waits for have become ready, and not by its own doing.
 *
 * @returns them, and those that it still waits for.
 */
export function findFreed(
  awaited: readonly Awaited[],
  { tasks, touched, events }: News,
  isOwn: IsOwn,
): { readonly freed: readonly Freed[]; readonly waiting: readonly Awaited[] } {
  const now = new Map(tasks.map((task) => [task.key, task]));
  const freed = awaited.flatMap(({ key, needs }) => {
    const task = now.get(key);
    if (task?.state !== 'ready') return [];
    const by = events?.findLast(
      (event) => needs.includes(event.key) && ['completed', 'cancelled'].includes(event.verb),
    );
    // Its own command has told of it.
    const isOwnDoing = by === undefined ? events?.some(isOwn) : isOwn(by);
    if (isOwnDoing) return [];
    const title = [...touched, ...tasks].find((each) => each.key === by?.key)?.title ?? '';
    return [{ task, finished: by && { by, title } }];
  });
  return { freed, waiting: awaited.filter(({ key }) => now.get(key)?.state === 'waiting') };
}
