import type { ForeignTask } from '../../model/foreign/foreign-task.ts';
import { isContainer } from '../../model/task/container.ts';
import { storedTime } from '../stored-time.ts';
import { move } from '../tasks/change-status.ts';
import type { Write } from '../write/write.ts';
import type { ForeignInput } from './foreign-input.ts';

/** Gives tasks the status that they had; a container has the one of its parts. */
export async function settleForeign(
  write: Write,
  {
    fresh,
    inputs,
    ids,
  }: {
    readonly fresh: readonly ForeignTask[];
    readonly inputs: ReadonlyMap<string, ForeignInput>;
    readonly ids: ReadonlyMap<string, string>;
  },
): Promise<readonly string[]> {
  for (const { id: name, status, ...times } of fresh) {
    const task = write.list.task(ids.get(name) ?? '');
    const { outcome, reason = '' } = inputs.get(name) ?? {};
    if (isContainer(task)) {
      if (outcome !== undefined) write.list.change(task.id, { outcome });
      continue;
    }
    if (status === 'pending') continue;
    if (status === 'blocked') {
      await move(write, task, { verb: 'blocked', to: status, change: { blocked_reason: reason } });
      continue;
    }
    const end = timeBefore(write, times.completedAt);
    await move(write, task, {
      verb: status,
      to: status,
      change: {
        completed_at: end,
        ...(status === 'completed'
          ? { started_at: timeBefore(write, times.startedAt ?? times.completedAt) }
          : {}),
        ...(outcome === undefined ? {} : { outcome }),
      },
      run: { status },
    });
  }
  await write.deriveAll();
  const open = fresh.filter(({ id, status }) => {
    const task = write.list.task(ids.get(id) ?? '');
    const isOpen = task.status !== 'completed' && task.status !== 'cancelled';
    return isContainer(task) && isOpen && (status === 'completed' || status === 'cancelled');
  });
  return open.length === 0
    ? []
    : [
        `Closed there and open here, as parts are open: ${open.length === 1 ? '1 task' : `${open.length} tasks`}`,
      ];
}

/** Gives a time as it is stored; what would be in the future is now. */
export function timeBefore({ at }: Write, time: string | undefined): string {
  if (time === undefined) return at;
  const stored = storedTime(time);
  return stored < at ? stored : at;
}

/** Tells what is not as it was there. */
export function remarksOf(fresh: readonly ForeignTask[]): readonly string[] {
  const busy = fresh.filter(({ wasInProgress }) => wasInProgress).length;
  return busy === 0 ? [] : [`${busy} were in progress there: here nobody has claimed them yet`];
}
