import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ExportAnswer, ImportAnswer } from '../../../../lib/model/answers/moving.ts';
import { openCliHarness } from '../../cli-harness.ts';

/** A list with three tasks and a note, and its file. */
async function exported() {
  const harness = openCliHarness();
  const key = await harness.create('First');
  await harness.create('Second', '--needs', key);
  await harness.text('claim', key);
  await harness.text('note', key, 'a note');
  await harness.text('close', key, '--outcome', 'done');
  await harness.create('Third');
  const file = join(harness.project, 'web.jsonl');
  const answer = await harness.json(ExportAnswer, 'export', file);
  return { harness, file, answer, key };
}

const elsewhere = (folder: string) => ['--database', `sqlite:${join(folder, 'new.db')}`];

test('a file has what it is first, then every row, and a checksum of all of it', async () => {
  const { file, answer } = await exported();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const rows = Object.values(answer.counts).reduce((sum, count) => sum + count, 0);
  expect(lines).toHaveLength(rows + 2);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    docket: 'list',
    format: 1,
    version: expect.any(String),
    workspace: { slug: 'web' },
    counts: { tasks: 3, task_notes: 1 },
  });
  const before = lines.slice(0, -1).map((line) => `${line}\n`);
  const sha256 = createHash('sha256').update(before.join('')).digest('hex');
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ end: 'list', rows, sha256 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('without a file the same goes to standard output', async () => {
  const { harness, file } = await exported();
  const rows = (text: string) => text.trimEnd().split('\n').slice(1, -1);
  const printed: string[] = [];
  expect(rows(await harness.text('export'))).toEqual(rows(readFileSync(file, 'utf8')));
  expect(rows(await harness.text('export', '-'))).toEqual(rows(readFileSync(file, 'utf8')));
  expect(printed).toEqual([]);
  expect((await harness.error('export')).code).toBe('usage');
});

test('a file brings the list to another database, and a second time changes nothing', async () => {
  const { harness, file, key } = await exported();
  const to = elsewhere(harness.home);
  expect(await harness.text('import', file, ...to, '--dry-run')).toContain('nothing was done yet');
  expect(readdirSync(harness.home)).not.toContain('new.db');
  const first = await harness.text('import', file, ...to);
  expect(first).toContain('has the list web, with 3 tasks, 1 note, 1 run and ');
  expect(first).toContain('then all of them were compared, and are the same');
  expect(await harness.text('show', key, ...to)).toEqual(await harness.text('show', key));
  expect(await harness.text('log', ...to)).toEqual(await harness.text('log'));
  expect(await harness.text('import', file, ...to)).toContain('Nothing to do: ');
  const again = await harness.json(ImportAnswer, 'import', file, ...to);
  expect(again).toMatchObject({ added: 0, changed: 0, removed: 0 });
});

test('a list that is lost is brought back from its file', async () => {
  const { harness, file } = await exported();
  const before = await harness.text('list', '--all');
  for (const name of readdirSync(join(harness.home, 'data/docket'))) {
    writeFileSync(join(harness.home, 'data/docket', name), '');
  }
  expect(await harness.run('list')).toMatchObject({ exitCode: 69 });
  await harness.text('import', file);
  expect(await harness.text('list', '--all')).toBe(before);
});

test('half a file, a changed one, a newer one and no list at all are refused before anything', async () => {
  const { harness, file } = await exported();
  const text = readFileSync(file, 'utf8');
  const lines = text.trimEnd().split('\n');
  const to = elsewhere(harness.home);
  const wrong: Readonly<Record<string, string>> = {
    'has no end: ': lines.slice(0, 9).join('\n'),
    'is no JSON': text.slice(0, text.length - 150),
    'its checksum is another one': text.replace('"title":"Third"', '"title":"Thirty"'),
    'has format 2, which a newer docket wrote': text.replace('"format":1', '"format":2'),
    'has schema 999, which a newer docket wrote': text.replace(/"schema":\d+/, '"schema":999'),
    'is no list that docket export wrote': '{"docket":"list"}\n',
    'is empty': '',
    'comes after the end of the list': `${text}{}\n`,
    'is no list that docket export wrote ': '- [ ] a checklist\n',
  };
  for (const [message, content] of Object.entries(wrong)) {
    writeFileSync(file, content);
    const error = await harness.error('import', file, ...to);
    expect(error.message).toContain(message.trimEnd());
    expect(error.exitCode).toBeGreaterThan(0);
  }
  expect(readdirSync(harness.home)).not.toContain('new.db');
});

test('rows that somebody forged are refused, although the checksum fits', async () => {
  const { harness, file } = await exported();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(0, -1);
  const to = elsewhere(harness.home);
  const forged = async (change: (line: string) => string, extra: readonly string[] = []) => {
    const body = [...lines.map(change), ...extra].map((line) => `${line}\n`).join('');
    const sha256 = createHash('sha256').update(body).digest('hex');
    const end = JSON.stringify({ end: 'list', rows: lines.length - 1 + extra.length, sha256 });
    writeFileSync(file, `${body}${end}\n`);
    return (await harness.error('import', file, ...to)).message;
  };
  const other = '01890000-0000-7000-8000-0000000000ff';
  const inTasks = (from: RegExp, to: string) => (line: string) =>
    line.startsWith('{"table":"tasks"') ? line.replace(from, to) : line;
  expect(await forged(inTasks(/"workspace_id":"[^"]+"/, `"workspace_id":"${other}"`))).toContain(
    'is of another list',
  );
  expect(
    await forged(inTasks(/"title":"First"/, `"title":${JSON.stringify('x'.repeat(501))}`)),
  ).toContain('more than 500 characters in title');
  expect(await forged(inTasks(/"priority":2/, '"priority":"2"'))).toContain('no whole number');
  expect(await forged(inTasks(/"created_at":"2/, '"created_at":"x2'))).toContain('no time');
  expect(await forged(inTasks(/"position"/, '"sql; DROP"'))).toContain('lacks position');
  expect(await forged(inTasks(/"position"/, '"more":1,"position"'))).toContain('unknown column');
  expect(
    await forged((line) =>
      line.replace(/("table":"task_notes".*"task_id":)"[^"]+"/, `$1"${other}"`),
    ),
  ).toContain('refers to a row of tasks that is not in the file');
  expect(await forged((line) => line.replace('"tasks":3', '"tasks":4'))).toContain('and says 4');
  expect(await forged((line) => line, ['{"table":"docket_migrations","row":{}}'])).toContain(
    'a table that docket does not have',
  );
  expect(await forged((line) => line, [lines[3] ?? ''])).toContain('is out of order');
});

test('the list of another project comes in only beside, as its tasks are not seen here', async () => {
  const { harness, file } = await exported();
  const shop = join(harness.project, '.claude/docket.json');
  const id = '01890000-0000-7000-8000-000000000002';
  writeFileSync(shop, JSON.stringify({ workspace: { id, slug: 'shop' } }));
  const to = elsewhere(harness.home);
  expect(await harness.error('import', file, ...to)).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('is the list web'),
  });
  const answer = await harness.json(ImportAnswer, 'import', file, ...to, '--beside');
  expect(answer).toMatchObject({ workspace: { slug: 'web' } });
});

test('a file that is missing or no file is said, and so is a place that cannot be written', async () => {
  const { harness } = await exported();
  expect((await harness.error('import', join(harness.home, 'none'))).message).toContain(
    'no such file',
  );
  expect((await harness.error('import', harness.home)).code).toBe('invalid_input');
  const path = join(harness.home, 'no/folder/web.jsonl');
  expect((await harness.error('export', path)).message).toContain('cannot write');
});

test('a file of an older docket lacks a column that came later, and gets what it was then', async () => {
  const { harness, file } = await exported();
  await harness.text('client', 'add', 'Acme');
  await harness.text('export', file);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(0, -1);
  const body = lines.map((line) => `${line.replace(',"minutes_rule":"measured"', '')}\n`).join('');
  const sha256 = createHash('sha256').update(body).digest('hex');
  writeFileSync(
    file,
    `${body}${JSON.stringify({ end: 'list', rows: lines.length - 1, sha256 })}\n`,
  );
  expect(body).not.toContain('minutes_rule');
  expect(await harness.text('import', file)).toContain('Nothing to do: ');
});

test('a file that is not there, and a database in its place, are told in words', async () => {
  const harness = openCliHarness();
  expect(await harness.error('import', 'none')).toMatchObject({
    code: 'invalid_input',
    message: `cannot read ${join(harness.project, 'none')}: there is no such file`,
  });
  expect(await harness.error('import', 'none', '--format', 'backlog')).toMatchObject({
    message: `cannot read ${join(harness.project, 'none')}: there is no such file`,
  });
  for (const url of ['mysql://root:hidden@127.0.0.1:1/beads', 'sqlite:web.db']) {
    const error = await harness.error('import', url);
    expect(error).toMatchObject({ code: 'usage', hint: expect.stringContaining('--format bd') });
    expect(JSON.stringify(error)).not.toContain('hidden');
  }
});

test('a folder in the place of a file, and a missing one above it, are told in words', async () => {
  const harness = openCliHarness();
  await harness.create('First');
  expect(await harness.error('export', harness.home)).toMatchObject({
    code: 'invalid_input',
    message: `${harness.home} is a folder, and a list goes into a file`,
    hint: expect.stringContaining('docket backup FOLDER'),
  });
  expect((await harness.error('export', join(harness.home, 'none/web.jsonl'))).message).toContain(
    'there is no such folder',
  );
});
