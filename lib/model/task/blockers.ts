import { containerKeys } from './key-tree.ts';
import { isClosed } from './status.ts';
import type { DependencyType, Status } from './task.ts';

/** What a task needs, as far as it tells whether that holds the task up. */
export interface Need {
  readonly type: DependencyType;
  /** Status of the task that is needed. */
  readonly status: Status;
}

/**
 * Unfinished dependencies: the task's own first, then its containers' from the inside out.
 *
 * @param needs dependencies by the key of the task that needs
 */
export function blockersOf<N extends Need>(
  key: string,
  needs: ReadonlyMap<string, readonly N[]>,
): readonly N[] {
  return [key, ...containerKeys(key)].flatMap((each) =>
    (needs.get(each) ?? []).filter(({ type, status }) => type === 'blocks' && !isClosed(status)),
  );
}
