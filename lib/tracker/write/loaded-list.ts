import { rootKey } from '../../model/key.ts';
import { isContainer } from '../../model/task/container.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Task } from '../../model/task/task.ts';
import type { Row, SqlValue } from '../../store/contract.ts';
import type { Dependent, Need, TreeRows } from '../../store/queries/trees.ts';
import type { TaskChange } from '../../store/tables/task-row.ts';
import { toTask } from '../../store/tables/task-row.ts';
import { type TaskState, toState } from '../../store/tables/task-states.ts';
import { revisionOf } from '../../store/tables/task-writes.ts';
import type { ChangedTask, LoadedTask, PendingTasks } from './loaded-task.ts';

/**
 * The part of the list that a writing transaction has read, with the transaction's own changes. It
 * holds under the workspace's guard row, so nothing is read twice.
 */
export class LoadedList {
  readonly #entries = new Map<string, LoadedTask>();
  readonly #idByKey = new Map<string, string>();
  readonly #childIds = new Map<string, Set<string>>();
  readonly #needs = new Map<string, Need[]>();
  readonly #dependents = new Map<string, Dependent[]>();
  /** The keys of the trees that are loaded whole. */
  readonly #trees = new Set<string>();
  #newNeeds: Need[] = [];
  /** A random text; every revision that the transaction writes begins with it. */
  readonly token: string;

  /** The time of every change, UTC text as stored. */
  readonly #at: string;

  constructor({ token, at }: { readonly token: string; readonly at: string }) {
    this.token = token;
    this.#at = at;
  }

  /** Forgets what was read, as other keys are in the database now. Changes must be written before. */
  forget(): void {
    const known = [this.#entries, this.#idByKey, this.#childIds, this.#needs, this.#dependents];
    for (const map of known) map.clear();
    this.#trees.clear();
  }

  hasTree(key: string): boolean {
    return this.#trees.has(rootKey(key));
  }

  /** Adds whole trees; tasks that the transaction has changed meanwhile stay as they are. */
  addTrees(rootKeys: readonly string[], { states, needs, dependents }: TreeRows): void {
    for (const key of rootKeys) this.#trees.add(key);
    const fresh = new Set<string>();
    for (const row of states) {
      const id = String(row.id);
      if (!this.#needs.has(id)) {
        fresh.add(id);
        this.#needs.set(id, []);
        this.#dependents.set(id, []);
      }
      if (!this.#entries.has(id)) this.#add(row, { isWhole: false, isNew: false });
    }
    for (const need of needs) if (fresh.has(need.taskId)) this.#needs.get(need.taskId)?.push(need);
    for (const each of dependents) {
      if (fresh.has(each.dependsOnId)) this.#dependents.get(each.dependsOnId)?.push(each);
    }
  }

  /** Adds whole rows of tasks; changed columns stay as the transaction left them. */
  addRows(rows: readonly Row[]): void {
    for (const row of rows) {
      const known = this.#entries.get(String(row.id));
      if (known === undefined) this.#add(row, { isWhole: true, isNew: false });
      else if (!known.isWhole) {
        known.row = { ...row, ...known.row };
        known.isWhole = true;
      }
    }
  }

  /** Adds a new task and gives it a revision; its tree is loaded whole, as nothing needs it yet. */
  insert(row: Row): Task {
    const id = String(row.id);
    const entry = this.#add(
      { ...row, revision: revisionOf(id, this.token) },
      { isWhole: true, isNew: true },
    );
    this.#needs.set(id, []);
    this.#dependents.set(id, []);
    const task = toTask(entry.row);
    this.#trees.add(rootKey(task.key));
    return task;
  }

  /** Gives columns other values; the row is written with the transaction's next flight. */
  change(id: string, values: TaskChange): void {
    const entry = this.#entry(id);
    const written = { ...values, updated_at: this.#at };
    if (!entry.isNew) entry.former = { ...pickFormer(entry.row, written), ...entry.former };
    entry.row = { ...entry.row, ...written, revision: revisionOf(id, this.token) };
    entry.state = toState(entry.row);
    if (!entry.isNew) Object.assign(entry.changed, written);
  }

  /** Adds a dependency; the row is written with the transaction's next flight. */
  addNeed(need: Need & { readonly taskKey: string }): void {
    const { taskKey, ...edge } = need;
    this.#newNeeds.push(edge);
    this.#needs.get(need.taskId)?.push(edge);
    if (need.type !== 'blocks') return;
    const { taskId, dependsOnId } = need;
    this.#dependents.get(dependsOnId)?.push({ taskId, dependsOnId, key: taskKey });
  }

  removeNeed({ taskId, dependsOnId, type }: Pick<Need, 'taskId' | 'dependsOnId' | 'type'>): void {
    const kept = this.needsOf(taskId).filter(
      (need) => need.dependsOnId !== dependsOnId || need.type !== type,
    );
    this.#needs.set(taskId, [...kept]);
    const dependents = this.dependentsOf(dependsOnId).filter((each) => each.taskId !== taskId);
    if (type === 'blocks') this.#dependents.set(dependsOnId, [...dependents]);
  }

  /** Gives the state of a task. @throws Error when it was not loaded, which is a defect. */
  state(id: string): TaskState {
    return this.#entry(id).state;
  }

  findState(id: string): TaskState | undefined {
    return this.#entries.get(id)?.state;
  }

  /** Gives a whole task. @throws Error when it was not loaded whole, which is a defect. */
  task(id: string): Task {
    const { row, isWhole } = this.#entry(id);
    if (!isWhole) throw new Error(`only the state of task ${id} is loaded`);
    return toTask(row);
  }

  isWhole(id: string): boolean {
    return this.#entries.get(id)?.isWhole ?? false;
  }

  findByKey(key: string): TaskState | undefined {
    const id = this.#idByKey.get(key);
    return id === undefined ? undefined : this.state(id);
  }

  /** Lists the subtasks of a task in their order. */
  subtasksOf(id: string): readonly TaskState[] {
    const ids = [...(this.#childIds.get(id) ?? [])];
    return ids.map((child) => this.state(child)).sort((a, b) => positionOf(a) - positionOf(b));
  }

  /** Lists everything below a task, each task before those below it, in order. */
  below(id: string): readonly TaskState[] {
    return this.subtasksOf(id).flatMap((task) => [
      task,
      ...(isContainer(task) ? this.below(task.id) : []),
    ]);
  }

  /** Lists a task's containers, the innermost first. */
  containersOf({ parentId }: Pick<TaskState, 'parentId'>): readonly TaskState[] {
    if (parentId === null) return [];
    const parent = this.state(parentId);
    return [parent, ...this.containersOf(parent)];
  }

  /** Lists what a task of a loaded tree needs or relates to, with the status as it is now. */
  needsOf(id: string): readonly Need[] {
    const needs = this.#needs.get(id);
    if (needs === undefined) throw new Error(`the dependencies of task ${id} are not loaded`);
    return needs.map((need) => ({
      ...need,
      status: this.findState(need.dependsOnId)?.status ?? need.status,
    }));
  }

  /** Lists the tasks that need this one, of a loaded tree. */
  dependentsOf(id: string): readonly Dependent[] {
    return this.#dependents.get(id) ?? [];
  }

  /**
   * Tells whether a task has been closed or opened since this was last asked: then the tasks that
   * need it wait for another, or no longer.
   */
  takeClosing(id: string): boolean {
    const entry = this.#entry(id);
    const isNowClosed = isClosed(entry.state.status);
    const differs = entry.countsAsClosed !== isNowClosed;
    entry.countsAsClosed = isNowClosed;
    return differs;
  }

  /** Gives the pending changes, and holds them as written from then on. */
  takePending(): PendingTasks {
    const inserted: Row[] = [];
    const changed: ChangedTask[] = [];
    for (const [id, entry] of this.#entries) {
      if (entry.isNew) inserted.push(entry.row);
      else if (Object.keys(entry.changed).length > 0) {
        const { changed: values, former, readRevision: revision } = entry;
        changed.push({ row: { id, revision }, values, former });
      } else continue;
      entry.isNew = false;
      entry.changed = {};
      entry.former = {};
      entry.readRevision = String(entry.row.revision);
    }
    const linked = this.#newNeeds;
    this.#newNeeds = [];
    return { inserted, changed, linked };
  }

  #add(row: Row, { isWhole, isNew }: Pick<LoadedTask, 'isWhole' | 'isNew'>): LoadedTask {
    const state = toState(row);
    const { id, key, parentId, revision: readRevision } = state;
    const countsAsClosed = isClosed(state.status);
    const changes = { changed: {}, former: {} };
    const entry = { state, row, isWhole, isNew, readRevision, ...changes, countsAsClosed };
    this.#entries.set(id, entry);
    this.#idByKey.set(key, id);
    if (parentId !== null) {
      const siblings = this.#childIds.get(parentId) ?? new Set();
      this.#childIds.set(parentId, siblings.add(id));
    }
    return entry;
  }

  #entry(id: string): LoadedTask {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new Error(`task ${id} is not loaded`);
    return entry;
  }
}

/** Gives what a row has in some columns, of those that were read. */
function pickFormer(row: Row, columns: object): Record<string, SqlValue> {
  const former: Record<string, SqlValue> = {};
  for (const column of Object.keys(columns)) {
    const value = row[column];
    if (value !== undefined) former[column] = value;
  }
  return former;
}

/** Gives the last number of a subtask's key; numbers are given once and in order. */
function positionOf({ key }: TaskState): number {
  return Number(key.slice(key.lastIndexOf('.') + 1));
}
