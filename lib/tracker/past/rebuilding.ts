import type { PastMoment } from '../../model/task/moment.ts';
import type { Db, Statement, Store, Transaction } from '../../store/contract.ts';
import type { TableRow } from '../../store/moving/row-lines.ts';
import * as kept from '../../store/queries/past-rows.ts';
import type { EventTime } from '../../store/queries/past-source.ts';
import * as target from '../../store/queries/past-target.ts';
import { text } from '../../store/sql/columns.ts';
import { ask, nothing } from '../../store/sql/request.ts';
import type { EventChange, StoredEvent } from '../../store/tables/event-row.ts';
import { translateErrors } from '../database/translate-errors.ts';
import type { Scope } from '../scope.ts';
import { readContext } from '../stored-json.ts';
import { storedTime } from '../stored-time.ts';
import { archivedKeysIn, rewind, type Step } from './rewind.ts';

/** A list as it was after an event. */
export interface PastList {
  /** The list in a database of its own, whose clock stands still, as long as it is looked at. */
  readonly scope: Scope;
  /** The number of the last event that it knows; 0 before the first one. */
  readonly seq: number;
  /** The time that was asked for, ISO 8601 in UTC. */
  readonly at: string;
  /** How many events since then are missing from the history, so that nobody can undo them. */
  readonly missing: number;
  /** The keys of archived trees that another program has damaged, so that the list lacks them. */
  readonly damaged: readonly string[];
}

/** The event after which a list is told, and the time, ISO 8601 in UTC. */
export interface Standing {
  readonly seq: number;
  readonly at: string;
}

/** The time at which a list is read, ISO 8601 in UTC, and its newest event. */
export interface Now {
  readonly at: string;
  readonly newest: number;
}

/** What a list and its later events are made of, of a tree that is archived. */
export interface ArchivedPart {
  /** The id of the tree. */
  readonly id: string;
  readonly rows: readonly TableRow[];
  readonly events: readonly StoredEvent[];
}

/** A list that is being rebuilt: first all of it as it is now is added, then it goes back. */
export interface Rebuilding {
  addRows(rows: readonly TableRow[]): Promise<void>;
  addEvents(events: readonly EventChange[]): Promise<void>;
  /** Adds trees, and the keys of those that are damaged. */
  addArchived(trees: readonly ArchivedPart[], damaged: readonly string[]): Promise<void>;
  /** Finds the last event until a moment among those of archived trees that were added. */
  lastArchived(moment: PastMoment): Promise<EventTime | undefined>;
  /** Takes events back until the list is as it was; further and further from call to call. */
  goBack(standing: Standing): Promise<PastList>;
  /** Takes the trees out that were in the archive then. The list cannot go further back. */
  leaveOutArchived(): Promise<void>;
  close(): Promise<void>;
}

/** Events that are taken back together. */
const pageSize = 1_000;

/** Opens the private database that a list is rebuilt in. */
export async function beginRebuilding(
  scope: Scope,
  { workspace, now }: { readonly workspace: target.PastWorkspace; readonly now: Now },
): Promise<Rebuilding> {
  const { openSqlite } = await import('../../store/sqlite/driver.ts');
  // Without a name it is a file that SQLite removes as soon as it is open.
  const store = translateErrors(await openSqlite('', { mode: 'write', journal: 'rollback' }));
  await store.migrate();
  const { db } = store;
  await db.batch([
    ...target.prepareStatements,
    begin,
    target.insertWorkspaceRow(workspace, storedTime(now.at)),
  ]);
  const damaged: string[] = [];
  let hasArchive = false;
  let isBegun = true;
  let undone = 0;
  let before = now.newest + 1;
  return {
    addRows: (rows) => send(db, kept.insertAnew(rows)),
    addEvents: (events) => send(db, kept.insertLater(events)),
    async addArchived(trees, others) {
      await send(db, [
        ...kept.insertAnew(trees.flatMap(({ rows }) => rows)),
        ...kept.insertLater(trees.flatMap(({ events }) => events)),
        ...kept.insertAway(trees.map(({ id }) => id)),
      ]);
      damaged.push(...others);
      hasArchive = true;
    },
    lastArchived: (moment) => ask(db, hasArchive ? kept.lastArchived(moment) : nothing),
    async goBack({ seq, at }) {
      if (!isBegun) await send(db, [begin]);
      isBegun = false;
      for (;;) {
        const page = await ask(db, kept.laterEvents({ after: seq, before, size: pageSize }));
        for (const event of page) await undo(db, event);
        hasArchive ||= page.some(({ verb }) => verb === 'restored');
        undone += page.length;
        before = page.at(-1)?.seq ?? before;
        if (page.length < pageSize) break;
      }
      const stored = storedTime(at);
      await send(db, [...target.deriveStatements(workspace.id, stored), commit]);
      return {
        ...{ seq, at, damaged },
        missing: Math.max(0, now.newest - seq - undone),
        scope: { ...scope, store: standingStill(store, stored) },
      };
    },
    async leaveOutArchived() {
      if (hasArchive) await send(db, [begin, ...kept.leaveOutAway, commit]);
    },
    close: () => store.close(),
  };
}

const begin: Statement = { sql: 'BEGIN' };
const commit: Statement = { sql: 'COMMIT' };

async function send(db: Db, statements: readonly Statement[]): Promise<void> {
  if (statements.length > 0) await db.batch(statements);
}

async function undo(db: Db, event: EventChange): Promise<void> {
  await send(db, kept.comeFromArchive(archivedKeysIn(event)));
  for (const step of rewind(event)) await send(db, await statementsOf(db, step, event));
}

async function statementsOf(
  db: Db,
  step: Step,
  { seq }: EventChange,
): Promise<readonly Statement[]> {
  const { taskId } = step;
  switch (step.kind) {
    case 'absent':
      return target.removeTask(taskId);
    case 'columns':
      return Object.keys(step.values).length === 0 ? [] : [target.setColumns(taskId, step.values)];
    case 'context': {
      const rows = await db.query('SELECT task_context FROM tasks WHERE id = ?', [taskId]);
      return rows.map((row) => {
        const context = { ...readContext(text(row, 'task_context')), ...step.fields };
        const kept = Object.entries(context).filter(([, value]) => value !== null);
        const task_context = JSON.stringify(Object.fromEntries(kept));
        return target.setColumns(taskId, { task_context });
      });
    }
    case 'infrastructure':
      return target.restoreInfrastructure(taskId, step.ids);
    case 'place':
      return target.moveBack(taskId, step);
    case 'link':
      return [step.wasThere ? target.restoreLink(step) : target.removeLink(step)];
    case 'restored':
      return kept.insertAway([taskId]);
    case 'not known':
      return target.notKnown(taskId, step.fields, seq);
  }
}

/** Gives a store whose clock stands at a time, UTC text as stored. */
function standingStill(store: Store, at: string): Store {
  if (!/^[0-9: .-]+$/.test(at)) throw new Error('a time is expected');
  const still = <D extends Db | Transaction>(db: D): D => ({
    ...db,
    dialect: { ...db.dialect, now: `'${at}'` },
  });
  return {
    ...store,
    db: still(store.db),
    read: (work) => store.read((db) => work(still(db))),
    write: (work) => store.write((db) => work(still(db))),
  };
}
