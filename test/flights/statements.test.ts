import { DatabaseSync, StatementSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { catalogue } from '../../lib/operations/catalogue.ts';
import { findVerb } from '../cli/check-answer.ts';
import { openCliHarness } from '../cli/cli-harness.ts';
import { ageSignOfLife, docketOf, runVerb } from './run-verbs.ts';
import { statementLimits } from './statement-limits.ts';
import { verbs } from './verbs.ts';

interface Traffic {
  /** How many statements SQLite is asked to run; BEGIN, COMMIT and PRAGMA are not among them. */
  readonly statements: number;
  readonly writes: readonly string[];
}

async function trafficOf(work: () => Promise<void>): Promise<Traffic> {
  const runs = (['all', 'get', 'run'] as const).map((method) =>
    vi.spyOn(StatementSync.prototype, method),
  );
  const writes: string[] = [];
  const { prepare: original } = DatabaseSync.prototype;
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    sql,
  ) {
    // A list as it was is built in a database without a file.
    if (isWrite(sql) && this.location() !== null) writes.push(sql);
    return original.call(this, sql);
  });
  const restore = () => {
    for (const spy of [...runs, prepare]) spy.mockRestore();
  };
  onTestFinished(restore);
  await work();
  const statements = runs.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  restore();
  return { statements, writes };
}

function isWrite(statement: string): boolean {
  return /\b(?:INSERT|REPLACE INTO|UPDATE|DELETE)\b/i.test(statement);
}

test('each verb keeps its budget of SQL statements, and those that look do not write', async () => {
  const harness = openCliHarness();
  const docket = docketOf(harness);
  const measured: Record<string, number> = {};
  // Makes the database, joins the list and gives the first sign of life.
  await harness.text('list');
  for (const { name, prepare } of verbs) {
    const argv = await prepare(docket);
    ageSignOfLife(harness, 0);
    const { statements, writes } = await trafficOf(() => runVerb(harness, argv));
    measured[name] = statements;
    const { access } = await findVerb(argv);
    if (access === 'look') expect.soft(writes, name).toEqual([]);
    else expect.soft(writes, name).not.toEqual([]);
  }
  expect(Object.keys(measured)).toEqual(Object.keys(statementLimits));
  for (const [name, statements] of Object.entries(measured)) {
    expect.soft(statements, name).toBeLessThanOrEqual(statementLimits[name] ?? 0);
  }
});

test('every verb that is not for people alone has a budget', async () => {
  const withBudget = new Set<string>();
  for (const { name } of verbs) {
    // A name begins with the words of its command.
    withBudget.add((await findVerb(name.split(/,? /))).name);
  }
  const without: string[] = [];
  for (const load of Object.values(catalogue)) {
    const { name, access } = await load();
    if (access !== 'person' && !withBudget.has(name)) without.push(name);
  }
  // A plan of a template costs what a plan does, what was queued costs what it does; the others
  // read files and ask no database.
  expect(without).toEqual([
    ...['plan-from-template', 'plan-templates', 'outbox.list', 'outbox.retry', 'where'],
  ]);
});
