import { expect, test } from 'vitest';
import { run } from '../../../cli/main.ts';
import { StatsAnswer } from '../../../lib/model/answers/stats.ts';
import { openDesk } from '../desk.ts';

test('what is completed is counted, by type and week', async () => {
  const desk = openDesk();
  await desk.text('close', await desk.create('One', '--type', 'bugfix'));
  await desk.text('close', await desk.create('Two'));
  const text = await desk.text('stats', '--weeks', '2');
  expect(text).toMatch(/^Completed since \d{4}-\d\d-\d\d: 2 tasks, by week\n/);
  expect(text).toMatch(/^bugfix +1 /m);
  const stats = await desk.json(StatsAnswer, 'stats', '--type', 'bugfix');
  expect(stats.throughput).toHaveLength(8);
  expect(stats.all.tasks).toBe(1);
  expect(await desk.text('stats', '--agent', 'Nobody')).toContain('0 tasks (by Nobody)');
});

test.for([
  [{ LANG: 'C.UTF-8' }, [], '█'],
  [{ LANG: 'C.UTF-8' }, ['--ascii'], '#'],
  [{ LANG: 'C.UTF-8', LC_ALL: 'C' }, [], '#'],
  [{}, [], '#'],
] as const)('on a terminal with %o and %o bars are of %s', async ([env, flags, sign]) => {
  const desk = openDesk();
  await desk.text('close', await desk.create('One'));
  const { stdout } = await run(['stats', ...flags], {
    env: { ...desk.env, ...env },
    cwd: desk.project,
    style: { width: 80, colour: false },
    readStdin: () => '',
    progress: () => undefined,
  });
  expect(stdout).toContain(`  ${sign}`);
});

test.for([['--weeks', '0'], ['--weeks', '105'], ['--type', 'nonsense'], ['extra']])(
  'docket stats %s is refused',
  async (argv) => {
    expect(await openDesk().error('stats', ...argv)).toMatchObject({ code: 'usage' });
  },
);
