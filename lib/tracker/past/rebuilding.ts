import type { Db, Statement, Store, Transaction } from '../../store/contract.ts';
import * as target from '../../store/queries/past-target.ts';
import { text } from '../../store/sql/columns.ts';
import type { EventChange } from '../../store/tables/event-row.ts';
import { translateErrors } from '../database/translate-errors.ts';
import type { Scope } from '../scope.ts';
import { readContext } from '../stored-json.ts';
import { storedTime } from '../stored-time.ts';
import { rewind, type Step } from './rewind.ts';

/** A list as it was after an event. */
export interface PastList {
  /** The list in a database of its own, whose clock stands still. Whoever asked for it closes it. */
  readonly scope: Scope;
  /** The number of the last event that it knows; 0 before the first one. */
  readonly seq: number;
  /** The time that was asked for, ISO 8601 in UTC. */
  readonly at: string;
  /** How many events since then are missing from the history, so that nobody can undo them. */
  readonly missing: number;
  close(): Promise<void>;
}

/** The event after which a list is told, and the time, ISO 8601 in UTC. */
export interface Standing {
  readonly seq: number;
  readonly at: string;
}

/** A list that is being rebuilt. */
export interface Rebuilding extends Standing {
  readonly store: Store;
  readonly transaction: Db;
  undo(event: EventChange): Promise<void>;
  /** Compares how many events were taken back with how many there were up to the newest. */
  count(newest: number): void;
  finish(scope: Scope): Promise<PastList>;
}

/** Opens the private database that a list is rebuilt in. */
export async function beginRebuilding(
  { workspaceId }: Pick<Scope, 'workspaceId'>,
  { seq, at }: Standing,
): Promise<Rebuilding> {
  const { openSqlite } = await import('../../store/sqlite/driver.ts');
  // Without a name it is a file that SQLite removes as soon as it is open.
  const store = translateErrors(await openSqlite('', { mode: 'write', journal: 'rollback' }));
  await store.migrate();
  const { db } = store;
  await db.batch([...target.prepareStatements, { sql: 'BEGIN' }]);
  let undone = 0;
  let missing = 0;
  return {
    ...{ seq, at, store, transaction: db },
    async undo(event) {
      undone += 1;
      for (const step of rewind(event)) await db.batch(await statementsOf(db, step));
    },
    count(newest) {
      missing = Math.max(0, newest - seq - undone);
    },
    async finish(scope) {
      await db.batch([...target.deriveStatements(workspaceId, storedTime(at)), { sql: 'COMMIT' }]);
      const past = standingStill(store, storedTime(at));
      return {
        ...{ seq, at, missing },
        scope: { ...scope, store: past },
        close: () => store.close(),
      };
    },
  };
}

async function statementsOf(db: Db, step: Step): Promise<readonly Statement[]> {
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
    case 'not known':
      return target.notKnown(taskId, step.fields);
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
