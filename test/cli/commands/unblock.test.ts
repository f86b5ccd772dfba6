import { expect, test } from 'vitest';
import { openCliHarness } from '../cli-harness.ts';

const how = 'The vendor sent the key.\nIt is in the vault.';
const told = '- waits for the key. Settled: The vendor sent the key. It is in the vault.';

test('how a block was settled is told by show, log, the checklist and whoever claims the task', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Deploy');
  await harness.text('block', key, '--reason', 'waits for the key.');
  await harness.with({ stdin: `${how}\n` }).text('unblock', key, '--resolution', '-');
  expect(await harness.text('show', key)).toContain(`\nWas blocked\n${told}`);
  expect(await harness.text('log', key)).toContain('resolution: The vendor sent the key.');
  expect(await harness.text('checklist', key, '--detailed')).toContain(
    told.replace('- ', '- Was blocked by: '),
  );
  expect(await harness.text('claim', key)).toContain(`\nWas blocked\n${told}`);
});

test('a block that ends without a word is told with its reason', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Deploy');
  await harness.text('block', key, '--reason', 'waits for the key');
  await harness.text('unblock', key);
  expect(await harness.text('claim', key)).toContain('\n- waits for the key. Settled\n');
});

test('an empty resolution is refused, and the task is blocked still', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Deploy');
  await harness.text('block', key, '--reason', 'waits for the key');
  for (const [stdin, text] of [
    ['', '-'],
    ['', ' '],
  ] as const) {
    expect(await harness.with({ stdin }).error('unblock', key, '--resolution', text)).toMatchObject(
      { exitCode: 2 },
    );
  }
  expect((await harness.show(key)).task.status).toBe('blocked');
});
