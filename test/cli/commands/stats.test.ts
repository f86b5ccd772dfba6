import { expect, test } from 'vitest';
import { run } from '../../../cli/main.ts';
import { StatsAnswer } from '../../../lib/model/answers/stats.ts';
import { openCliHarness } from '../cli-harness.ts';

test('what is completed is counted, by type and week', async () => {
  const harness = openCliHarness();
  await harness.text('close', await harness.create('One', '--type', 'bugfix'));
  await harness.text('close', await harness.create('Two'));
  const text = await harness.text('stats', '--weeks', '2');
  expect(text).toMatch(/^Completed since \d{4}-\d\d-\d\d: 2 tasks, by week\n/);
  expect(text).toMatch(/^bugfix +1 /m);
  const stats = await harness.json(StatsAnswer, 'stats', '--type', 'bugfix');
  expect(stats.throughput).toHaveLength(8);
  expect(stats.all.tasks).toBe(1);
  expect(await harness.text('stats', '--agent', 'Nobody')).toContain('0 tasks (by Nobody)');
});

test.for([
  [{ LANG: 'C.UTF-8' }, [], '█'],
  [{ LANG: 'C.UTF-8' }, ['--ascii'], '#'],
  [{ LANG: 'C.UTF-8', LC_ALL: 'C' }, [], '#'],
  [{}, [], '#'],
] as const)('on a terminal with %o and %o bars are of %s', async ([env, flags, sign]) => {
  const harness = openCliHarness();
  await harness.text('close', await harness.create('One'));
  const { stdout } = await run(['stats', ...flags], {
    env: { ...harness.env, ...env },
    cwd: harness.project,
    style: { width: 80, colour: false },
    readStdin: async () => '',
    progress: () => undefined,
  });
  expect(stdout).toContain(`  ${sign}`);
});

test.for([['--weeks', '0'], ['--weeks', '105'], ['--type', 'nonsense'], ['extra']])(
  'docket stats %s is refused',
  async (argv) => {
    expect(await openCliHarness().error('stats', ...argv)).toMatchObject({ code: 'usage' });
  },
);
