import type { WorkItemView } from '../../model/answers/work-item.ts';
import type { Transaction } from '../../store/contract.ts';
import type { Request } from '../../store/sql/request.ts';
import { requireFound, type WriteStatement } from '../../store/sql/write.ts';
import { insertApplied } from '../../store/tables/applied-requests.ts';
import { insertDependencies } from '../../store/tables/dependencies.ts';
import { insertEvents } from '../../store/tables/events.ts';
import { insertTaskRows } from '../../store/tables/task-row.ts';
import { changeTaskRows } from '../../store/tables/task-writes.ts';
import { advanceWorkspace, type Guard, type WorkspaceRow } from '../../store/tables/workspaces.ts';
import { deriveState } from '../derive/derive-state.ts';
import { syncWorkItems } from '../derive/work-items.ts';
import { idSource, makeId } from '../ids.ts';
import type { Scope } from '../scope.ts';
import { isoTime, storedTime } from '../stored-time.ts';
import type { LoadedList } from '../write/loaded-list.ts';
import { LoadedRuns } from '../write/loaded-runs.ts';
import type { ChangedTask } from '../write/loaded-task.ts';
import type { Change, Write } from '../write/write.ts';
import { joinChanged, withFormerValues } from './former-values.ts';

/** The writing transaction that a verb is given. */
export class OpenWrite implements Write {
  readonly db: Transaction;
  readonly scope: Scope;
  readonly workspace: WorkspaceRow;
  readonly at: string;
  readonly madeAt: string;
  readonly list: LoadedList;
  readonly runs = new LoadedRuns();
  readonly newId: () => string;
  readonly nowReady: string[] = [];
  readonly containersChanged = new Set<string>();
  readonly closing = new Map<string, 'completed' | 'cancelled'>();
  readonly workItemsChanged = new Map<string, WorkItemView>();

  /** What its events share, so that they are known as those of one verb. */
  readonly #requestId: string;
  readonly #keys: string[];
  readonly #queued: WriteStatement[] = [];
  readonly #changes: Change[] = [];
  readonly #statuses = new Set<string>();
  readonly #dependencies = new Set<string>();
  readonly #billings = new Set<string>();
  /** Changed tasks that no event has told of yet. */
  #untold: readonly ChangedTask[] = [];
  #recorded = 0;
  #linked = 0;
  #addedTasks = 0;
  #first: Change | undefined;

  constructor(
    db: Transaction,
    { scope, list, workspace, at }: Guard & { readonly scope: Scope; readonly list: LoadedList },
  ) {
    this.db = db;
    this.scope = scope;
    this.list = list;
    this.workspace = workspace;
    this.at = at;
    this.newId = idSource(scope.requestId);
    this.#requestId = scope.requestId ?? makeId();
    const { keys = [], age = 0 } = scope.queued ?? {};
    this.#keys = [...keys];
    this.madeAt = age === 0 ? at : this.#before(age);
    if (scope.queued !== undefined) this.send(this.#applied());
  }

  takeKey(): string | undefined {
    return this.#keys.shift();
  }

  send(...statements: readonly WriteStatement[]): void {
    this.#queued.push(...statements);
  }

  countTask(): void {
    this.#addedTasks += 1;
  }

  record(change: Change): void {
    this.#first ??= change;
    this.#changes.push(change);
  }

  statusChanged(taskId: string): void {
    this.#statuses.add(taskId);
  }

  dependenciesChanged(taskId: string): void {
    this.#dependencies.add(taskId);
  }

  billingChanged(taskId: string): void {
    this.#billings.add(taskId);
  }

  async deriveQueues(): Promise<void> {
    const changed = { status: [...this.#statuses], dependencies: [...this.#dependencies] };
    this.#statuses.clear();
    this.#dependencies.clear();
    this.nowReady.push(...(await deriveState(this, changed)));
  }

  async deriveAll(): Promise<void> {
    await this.deriveQueues();
    if (this.#billings.size === 0) return;
    const ids = [...this.#billings];
    this.#billings.clear();
    for (const item of await syncWorkItems(this, ids)) this.workItemsChanged.set(item.id, item);
  }

  async flush<T>({ statements, read }: Request<T>): Promise<T> {
    const writes = this.#takeWrites();
    if (writes.length + statements.length === 0) return read([]);
    const results = await this.db.batch([...writes, ...statements]);
    requireFound(writes, results);
    return read(results.slice(writes.length));
  }

  /** Names the transaction for its commit, or says that there is nothing to commit. */
  end(): void {
    const { actor } = this.scope.worker;
    if (this.#first === undefined) this.db.abandon();
    else this.db.describe(`${actor}: ${this.#first.verb} ${this.#first.key ?? ''}`.trim());
  }

  /** Gives the pending writes in an order that every foreign key allows. */
  #takeWrites(): readonly WriteStatement[] {
    const { inserted, changed, linked } = this.list.takePending();
    const createdBy = this.scope.worker.actor;
    this.#untold = joinChanged(this.#untold, changed);
    return [
      ...insertTaskRows(inserted),
      ...this.#groupChanges(changed),
      ...insertDependencies(linked.map((need) => ({ ...need, at: this.#nextLinkAt(), createdBy }))),
      ...this.#queued.splice(0),
      ...this.#takeEvents(),
    ];
  }

  /** Gives the time of the next link: they are read by it, in the order in which they were named. */
  #nextLinkAt(): string {
    const at = new Date(Date.parse(isoTime(this.at)) + this.#linked);
    this.#linked += 1;
    return storedTime(at.toISOString());
  }

  /** Groups changed tasks: those that get the same values share a statement. */
  #groupChanges(
    changed: ReturnType<LoadedList['takePending']>['changed'],
  ): readonly WriteStatement[] {
    const groups = Map.groupBy(changed, ({ values }) => JSON.stringify(values));
    return [...groups.values()].flatMap((group) =>
      changeTaskRows(
        group.map(({ row }) => row),
        group[0]?.values ?? {},
        this.list.token,
      ),
    );
  }

  #before(milliseconds: number): string {
    const at = Date.parse(isoTime(this.at)) - milliseconds;
    return storedTime(new Date(Math.max(0, at)).toISOString());
  }

  #applied(): WriteStatement {
    const { workspace, madeAt, at } = this;
    const request = { workspaceId: workspace.id, requestId: this.#requestId };
    return insertApplied({ ...request, seq: workspace.seq, madeAt, at });
  }

  #takeEvents(): readonly WriteStatement[] {
    const recorded = this.#changes.splice(0);
    if (recorded.length === 0) return [];
    const changes = withFormerValues(recorded, this.#untold);
    this.#untold = [];
    const { workspace, scope, at } = this;
    // The guard has already counted one event.
    const firstSeq = workspace.seq + this.#recorded;
    this.#recorded += changes.length;
    const events = changes.map((change, index) => ({
      workspaceId: workspace.id,
      seq: firstSeq + index,
      taskId: change.taskId,
      runId: change.runId ?? null,
      requestId: this.#requestId,
      verb: change.verb,
      worker: scope.worker,
      oldValue: change.old === undefined ? null : JSON.stringify(change.old),
      newValue: change.new === undefined ? null : JSON.stringify(change.new),
      at,
    }));
    const addedTasks = this.#addedTasks;
    this.#addedTasks = 0;
    const seq = workspace.seq + this.#recorded - 1;
    const isCounted = seq === workspace.seq && addedTasks === 0;
    return [
      ...insertEvents(events),
      ...(isCounted ? [] : [advanceWorkspace(workspace.id, { seq, addedTasks })]),
    ];
  }
}
