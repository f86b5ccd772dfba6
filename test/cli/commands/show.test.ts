import { expect, test } from 'vitest';
import { openCliHarness } from '../cli-harness.ts';

test('a task is shown with its fields, notes and what people wrote, quoted', async () => {
  const harness = openCliHarness();
  const first = await harness.create('First');
  const key = await harness.create('Second', '--needs', first, '--description', 'One\n\nTwo');
  await harness.with({ env: { DOCKET_ACTOR: 'bob@two' } }).text('note', key, 'halfway\nnearly');
  const lines = (await harness.text('show', key)).split('\n');
  expect(lines[0]).toBe(`${key}  P2  [ ] Second`);
  expect(lines).toContain('status     pending, waiting');
  expect(lines).toContain(`waits for  ${first}`);
  const description = lines.indexOf('Description, by alice@one');
  expect(lines.slice(description + 1, description + 4)).toEqual(['  | One', '  |', '  | Two']);
  const note = lines.findIndex((line) => line.startsWith('bob@two#session-a, '));
  expect(lines.slice(note + 1)).toEqual(['  | halfway', '  | nearly']);
});

test('a container lists its subtasks', async () => {
  const harness = openCliHarness();
  await harness.text('plan', '# Big\n- [ ] one\n- [ ] two');
  const [, key = ''] = /^(\S+) .*Big/m.exec(await harness.text('list')) ?? [];
  const { subtasks } = await harness.show(key);
  expect(subtasks.map(({ title }) => title)).toEqual(['one', 'two']);
  expect(await harness.text('show', key)).toContain(`Subtasks\n${key}.1  P2  [ ] one\n`);
});

test('a key may be shortened, with and without the slug, while it is unique', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const part = key.slice('web-'.length, -1);
  expect((await harness.show(part)).task.key).toBe(key);
  expect((await harness.show(`web-${part}`)).task.key).toBe(key);
  expect((await harness.show(key.toUpperCase())).task.key).toBe(key);
});

test('an ambiguous key is answered with the candidates', async () => {
  const harness = openCliHarness();
  const keys = [];
  const first = new Map<string, string>();
  for (let twin: string | undefined; twin === undefined; ) {
    const key = await harness.create('Task');
    keys.push(key);
    twin = first.get(key.slice(0, 5));
    first.set(key.slice(0, 5), key);
    if (twin === undefined) continue;
    const error = await harness.error('show', key.slice(0, 5));
    expect(error).toMatchObject({ code: 'ambiguous_key', exitCode: 3 });
    expect(error.message).toContain(twin);
    expect(error.message).toContain(key);
  }
});

test('an unknown key is not found', async () => {
  const error = await openCliHarness().error('show', 'web-nope');
  expect(error).toMatchObject({ code: 'not_found', exitCode: 3 });
  expect(error.message).toBe('no task has the key "web-nope"');
});
