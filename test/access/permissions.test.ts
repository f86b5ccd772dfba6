import { expect, test } from 'vitest';
import { openCliHarness } from '../cli/cli-harness.ts';

test('an agent that docket runs may look and note, and manages no tasks', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Deploy');
  const agent = harness.with({ env: { DOCKET_RUN: 'a-run', DOCKET_TASK: key } });
  expect((await agent.run('note', key, 'halfway')).exitCode).toBe(0);
  for (const words of [['list'], ['show', key], ['checklist', key], ['runs', key]]) {
    expect((await agent.run(...words)).exitCode).toBe(0);
  }
  for (const words of [
    ['create', 'More'],
    ['close', key],
    ['claim', key],
    ['run', key],
  ]) {
    expect(await agent.error(...words)).toMatchObject({
      code: 'agents_report',
      exitCode: 4,
      hint: expect.stringContaining(`docket note ${key} TEXT`),
    });
  }
});
