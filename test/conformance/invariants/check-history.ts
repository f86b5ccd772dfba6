import type { StoredTask } from '../tasks/stored-task.ts';

export interface HistoryEvent {
  readonly seq: number;
  readonly taskId: string | null;
  readonly verb: string;
  /** What was new. */
  readonly value: {
    readonly status?: string;
    readonly note?: string;
    readonly session?: string;
    readonly claim?: { readonly session: string; readonly agent: string } | null;
  };
}

/** Whether the history is in one order without gaps, and tells what the tasks have become. */
export function findHistoryViolations(
  events: readonly HistoryEvent[],
  { tasks, seq }: { tasks: ReadonlyMap<string, StoredTask>; seq: number },
): readonly string[] {
  const found: string[] = [];
  if (events.some((event, index) => event.seq !== index + 1)) found.push('the events have gaps');
  if (events.length !== seq)
    found.push(`the workspace is at ${seq}, its events at ${events.length}`);
  for (const task of tasks.values()) {
    const own = events.filter(({ taskId }) => taskId === task.id);
    const told = own.reduce(apply, undefined);
    if (own.filter(({ verb }) => verb === 'created').length !== 1) {
      found.push(`${task.key} was not created once`);
    } else if (told?.status !== task.status) {
      found.push(`${task.key} is ${task.status} and by its history ${told?.status}`);
    } else if (told.holder !== (task.claim?.session ?? null)) {
      found.push(`${task.key} is held by ${task.claim?.session}, by its history ${told.holder}`);
    }
    const isStarted = own.some(({ verb }) => startingVerbs.includes(verb));
    if (
      !isStarted &&
      task.startedAt !== null &&
      !task.children.some(({ startedAt }) => startedAt)
    ) {
      found.push(`${task.key} has a start that nobody made`);
    }
  }
  return found;
}

const startingVerbs = ['claimed', 'completed'];

interface Told {
  readonly status: string;
  readonly holder: string | null;
}

function apply(told: Told | undefined, { verb, value }: HistoryEvent): Told | undefined {
  if (verb === 'created') return { status: 'pending', holder: null };
  if (told === undefined) return undefined;
  const status = value.status ?? told.status;
  const isFree = status !== 'in_progress' && status !== 'blocked';
  const holder =
    value.claim === null ? null : (value.claim?.session ?? value.session ?? told.holder);
  return { status, holder: isFree ? null : holder };
}
