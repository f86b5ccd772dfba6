import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tripBreaker } from '../../../lib/state/breaker.ts';
import { type CliHarness, openCliHarness, workspace } from '../cli-harness.ts';

const session = 'de24e8d7-0a49-43b9-b73b-2bb3dfcf8dd8';

/** The three lines that the script reads: times, the file that tells of changes, the line. */
function keptLines({ home }: CliHarness): readonly string[] {
  return readFileSync(join(home, 'state/docket/statusline', session), 'utf8').split('\n');
}

function inClaudeCode(harness: CliHarness): CliHarness {
  return harness.with({ env: { CLAUDE_CODE_SESSION_ID: session, NO_COLOR: '1', COLUMNS: '80' } });
}

test('prints the list in one line, as the session sees it', async () => {
  const harness = openCliHarness();
  expect(await harness.text('statusline')).toBe('');
  const key = await harness.create('Rotate the signing key');
  await harness.create('Deploy');
  await harness.text('claim', key);
  expect(await harness.text('statusline')).toBe(`${key} Rotate the signing key · 1 ready`);
  expect(await inClaudeCode(harness).text('statusline')).toBe('docket web: 1 other, 1 ready');
});

test('with --keep leaves the line to the script, with when to read the list again', async () => {
  const harness = openCliHarness();
  await harness.create('Deploy');
  expect((await inClaudeCode(harness).text('statusline', '--keep')).trim()).toBe('');
  const [times = '', changes = '', line] = keptLines(harness);
  expect(line).toBe('docket web: 1 ready');
  const [readAt = 0, dueAt = 0] = times.split(' ').map(Number);
  expect(dueAt - readAt).toBe(15);
  expect(Math.abs(readAt - Date.now() / 1_000)).toBeLessThan(60);
  // A command of this machine amends the last list, which the script sees.
  const before = readFileSync(changes, 'utf8');
  await harness.create('Test it');
  expect(readFileSync(changes, 'utf8')).not.toBe(before);
});

test('while the database is away says so, with the last list', async () => {
  const harness = openCliHarness();
  await harness.create('Deploy');
  const claude = inClaudeCode(harness);
  await claude.text('statusline', '--keep');
  const id = { database: `sqlite:${harness.database}`, workspace: workspace.id };
  tripBreaker(join(harness.home, 'state/docket'), id, { now: Date.now(), reason: 'a test' });
  await claude.text('statusline', '--keep');
  expect(keptLines(harness)[2]).toBe('docket web: database away, 1 ready');
});

test('where there is no list keeps an empty line, and what is wrong elsewhere is told in it', async () => {
  const harness = openCliHarness();
  const claude = inClaudeCode(harness);
  writeFileSync(join(harness.project, '.claude/docket.json'), '{"workspace": 1}');
  await claude.text('statusline', '--keep');
  expect(keptLines(harness)[2]).toMatch(/^docket: .*docket\.json.*\(docket doctor\)$/);
  rmSync(join(harness.project, '.claude/docket.json'));
  writeFileSync(join(harness.project, '.git'), 'gitdir: /nowhere');
  await claude.text('statusline', '--keep');
  expect(keptLines(harness)[2]).toBe('');
});
