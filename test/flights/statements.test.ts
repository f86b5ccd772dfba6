import { StatementSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openCliHarness } from '../cli/cli-harness.ts';
import { ageSignOfLife, docketOf, runVerb } from './run-verbs.ts';
import { statementLimits } from './statement-limits.ts';
import { verbs } from './verbs.ts';

/** Counts what SQLite is asked to run; BEGIN, COMMIT and PRAGMA are not among it. */
async function countStatements(work: () => Promise<void>): Promise<number> {
  const spies = (['all', 'get', 'run'] as const).map((method) =>
    vi.spyOn(StatementSync.prototype, method),
  );
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  await work();
  const statements = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  return statements;
}

test('each verb keeps its budget of SQL statements', async () => {
  const harness = openCliHarness();
  const docket = docketOf(harness);
  const measured: Record<string, number> = {};
  // Makes the database, joins the list and gives the first sign of life.
  await harness.text('list');
  for (const { name, prepare } of verbs) {
    const argv = await prepare(docket);
    ageSignOfLife(harness, 0);
    measured[name] = await countStatements(() => runVerb(harness, argv));
  }
  expect(Object.keys(measured)).toEqual(Object.keys(statementLimits));
  for (const [name, statements] of Object.entries(measured)) {
    expect.soft(statements, name).toBeLessThanOrEqual(statementLimits[name] ?? 0);
  }
});
