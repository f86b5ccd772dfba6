import type { RunOutcome } from '../model/answers/outcome.ts';
import type { OnProgress } from '../model/answers/progress.ts';
import { DocketError } from '../model/errors.ts';
import type { Hindrance } from '../model/run/hindrance.ts';
import { isClosed } from '../model/task/status.ts';
import { recoverTasks } from '../tracker/agents/agent-steps.ts';
import { orderSubtasks } from '../tracker/agents/order-subtasks.ts';
import { type Leaf, type PlanState, readPlanState } from '../tracker/agents/plan-state.ts';
import { attemptTask } from './attempt-task.ts';
import { Hold } from './hold.ts';
import type { Orchestration } from './orchestration.ts';
import { requireAgents } from './require-agents.ts';
import { retryThroughOutage } from './retry-through-outage.ts';
import { SameCrashes } from './same-crashes.ts';
import { watchRuns } from './watch-runs.ts';

/** How a plan is run and watched. */
export interface RunOptions {
  /** Ends the agents when it is aborted; their tasks are free again. */
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Runs subtasks that do not need each other at the same time, and not in their order. */
  readonly anyOrder?: boolean;
}

/**
 * Runs the leaves of a plan as they become ready, as many at a time as the policy allows, until
 * nothing can go on. The step of each task is read from the database each time.
 */
export async function runPlan(
  orchestration: Orchestration,
  key: string,
  options: RunOptions,
): Promise<RunOutcome> {
  await orchestration.shared.enter();
  try {
    return await runShared(orchestration, key, options);
  } finally {
    await orchestration.shared.leave();
  }
}

async function runShared(
  orchestration: Orchestration,
  key: string,
  { signal = new AbortController().signal, onProgress = () => {}, anyOrder = false }: RunOptions,
): Promise<RunOutcome> {
  const { scope, policy } = orchestration;
  const freed = await recoverTasks(scope, key);
  if (freed.length > 0) onProgress({ kind: 'recovered', keys: freed });
  const links = anyOrder ? 0 : await orderSubtasks(scope, key);
  if (links > 0) onProgress({ kind: 'ordered', key, links });

  const stop = new AbortController();
  const whole = AbortSignal.any([signal, stop.signal]);
  const watch = watchRuns(orchestration, onProgress);
  const atWork = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  // A task that could not be claimed once is another worker's, or cannot be handed out as it is.
  const refused = new Set<string>();
  const hold = new Hold();
  const crashes = new SameCrashes();
  let isChecked = false;
  try {
    for (;;) {
      // Where the database is away, it was waited for before.
      if (failures.length > 0 && atWork.size === 0) throw failures[0];
      const state = await retryThroughOutage(() => readPlanState(scope, key), {
        what: key,
        onProgress,
        signal: whole,
      });
      const free = policy.parallel - atWork.size;
      const next = nextLeaves(state, { atWork, refused }).slice(0, free);
      if (next.length > 0 && !isChecked) {
        const open = state.leaves.filter(({ task }) => task.status === 'pending');
        await requireAgents(orchestration, open, whole);
        isChecked = true;
      }
      const isOver = whole.aborted || failures.length > 0 || hold.isFinal;
      const isHeld = !isOver && next.length > 0 && hold.isOn(Date.now());
      for (const leaf of isOver || isHeld ? [] : next) atWork.set(leaf.task.key, begin(leaf));
      if (atWork.size === 0 && !isHeld) {
        if (failures.length > 0) throw failures[0];
        return outcomeOf(state, { isStopped: whole.aborted, hold });
      }
      await Promise.race([...atWork.values(), ...(isHeld ? [hold.wait(whole)] : [])]);
    }
  } finally {
    stop.abort();
    await Promise.allSettled(atWork.values());
    watch.stop();
  }

  async function begin(leaf: Leaf): Promise<void> {
    const { key: leafKey } = leaf.task;
    try {
      await attemptTask(orchestration, {
        ...{ leaf, signal: whole, onProgress, watch, hold, crashes },
        onHindered,
      });
    } catch (error) {
      if (!isForOthers(error)) {
        failures.push(error);
        return;
      }
      refused.add(leafKey);
      onProgress({ kind: 'dropped', key: leafKey, reason: error.message });
    } finally {
      atWork.delete(leafKey);
    }
  }

  function onHindered(hindrance: Hindrance): void {
    const until = hold.hinder(hindrance, Date.now());
    if (until === undefined || whole.aborted) return;
    onProgress({ kind: 'waiting', key, hindrance, until: new Date(until).toISOString() });
  }
}

function nextLeaves(
  { leaves }: PlanState,
  { atWork, refused }: { atWork: ReadonlyMap<string, unknown>; refused: ReadonlySet<string> },
): readonly Leaf[] {
  return leaves.filter(
    ({ task, queue }) => queue === 'ready' && !atWork.has(task.key) && !refused.has(task.key),
  );
}

/** Whether another worker was faster, or the list has changed meanwhile. */
function isForOthers(error: unknown): error is DocketError {
  const codes = ['already_claimed', 'invalid_transition', 'waiting', 'is_container', 'not_running'];
  return error instanceof DocketError && codes.includes(error.code);
}

function outcomeOf(
  { root, leaves }: PlanState,
  { isStopped, hold }: { readonly isStopped: boolean; readonly hold: Hold },
): RunOutcome {
  const open = leaves.map(({ task }) => task).filter(({ status }) => !isClosed(status));
  if (root.status === 'completed' || root.status === 'cancelled') {
    return { status: root.status, task: root, open, hindrance: null };
  }
  const hindrance = hold.isFinal || isStopped ? (hold.hindrance ?? null) : null;
  if (isStopped) return { status: 'stopped', task: root, open, hindrance };
  return { status: hindrance === null ? 'stuck' : 'hindered', task: root, open, hindrance };
}
