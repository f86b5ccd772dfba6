import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openCliHarness } from './cli-harness.ts';

const views = [[], ['--plan'], ['--detailed'], ['--summary'], ['--ascii']];

test('every reading command prints words that only a newer docket knows', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme', '--round-to', '15');
  const key = await harness.create('Draw it', '--client', 'Acme');
  await harness.text('link', key, await harness.create('Other'), '--type', 'related');
  await harness.text('claim', key);
  await harness.text('release', key);
  const parent = await harness.create('Whole');
  const part = await harness.create('Part', '--parent', parent);
  const database = new DatabaseSync(harness.database);
  database.exec(`UPDATE clients SET rounding_mode = 'down';
    UPDATE tasks SET task_type = 'design', estimated_complexity = 'epic';
    UPDATE tasks SET status = 'paused', queue = 'none' WHERE task_key IN ('${key}', '${part}');
    UPDATE agent_runs SET status = 'expired', role = 'advise', verdict = 'deferred';
    UPDATE task_dependencies SET type = 'copies'`);
  database.close();

  expect(await harness.text('client', 'list')).toContain('rounded down to 15 min');
  expect(await harness.text('client', 'show', 'Acme')).toContain('down');
  const detail = await harness.text('show', key);
  for (const word of ['paused', 'design', 'epic', 'copies']) expect(detail).toContain(word);
  expect(await harness.text('show', parent)).toContain('[?] Part');
  expect(await harness.text('runs', key)).toContain('expired');
  for (const view of views) {
    expect(await harness.text('checklist', parent, ...view), view.join()).toMatch(/Part|0 of 1/);
  }
  expect(await harness.text('checklist', parent, '--detailed')).toContain('### Paused');
  for (const argv of [
    ...[['list'], ['list', '--all'], ['ready'], ['log'], ['search', 'draw']],
    ...[['recap'], ['who'], ['stats'], ['billing'], ['work-item', 'list']],
  ]) {
    await harness.text(...argv);
  }
});
