import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ImportAnswer } from '../../../../lib/model/answers/moving.ts';
import { runTool } from '../../../deploy/tools.ts';
import { findBinary } from '../../../engines/binary.ts';
import { type CliHarness, openCliHarness } from '../../cli-harness.ts';
import { compareWithExported, rows, schema } from './bd-list.ts';

const dolt = findBinary('dolt');

interface BdFolder {
  readonly harness: CliHarness;
  readonly beads: string;
  /** The folder of the database. */
  readonly database: string;
  /** Asks Dolt there, as bd does. */
  sql(text: string): string;
  /** The same, and stays there; it has the lock of the database meanwhile. */
  begin(text: string): Promise<ChildProcess>;
}

/** A folder of bd with its list, as the tested Dolt has made it; `dolt` is on the PATH. */
function makeBdFolder(): BdFolder {
  const harness = openCliHarness();
  const beads = join(harness.project, '.beads');
  const database = join(beads, 'embeddeddolt/beads');
  mkdirSync(database, { recursive: true });
  const home = join(harness.home, 'bd');
  mkdirSync(join(home, '.dolt'), { recursive: true });
  const settings = { 'metrics.disabled': 'true', 'versioncheck.disabled': 'true' };
  writeFileSync(join(home, '.dolt/config_global.json'), JSON.stringify(settings));
  const env = { HOME: home, DOLT_ROOT_PATH: home, DOLT_DISABLE_EVENT_FLUSH: '1' };
  const run = (args: readonly string[], input = '') =>
    runTool(dolt, args, { cwd: database, env, input });
  const bin = join(harness.home, 'bin');
  mkdirSync(bin);
  symlinkSync(dolt, join(bin, 'dolt'));
  vi.stubEnv('PATH', bin);
  onTestFinished(() => void vi.unstubAllEnvs());
  run(['init', '--name', 'bd', '--email', 'bd@example.com']);
  const filled = rows.map(([sql, [value]]) =>
    value === undefined ? sql : sql.replace('?', JSON.stringify(value)),
  );
  const sql = (text: string) => run(['sql'], text);
  sql([...schema, ...filled, `CALL DOLT_COMMIT('-Am', 'bd')`].map((each) => `${each};`).join('\n'));
  const begin = async (text: string) => {
    const child = spawn(dolt, ['sql'], { cwd: database, env, stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stdin.write(`${text}\nSELECT 'written';\n`);
    for await (const data of child.stdout) if (`${data}`.includes('written')) break;
    return child;
  };
  return { harness, beads, database, sql, begin };
}

/** Every file of a folder with what it holds and when it was written. */
function stateOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const { mtimeMs, size } = statSync(path);
      const isFile = statSync(path).isFile();
      const hash = isFile ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
      return `${name} ${mtimeMs} ${size} ${hash}`;
    });
}

test('the folder of bd is imported as if bd had exported it, and nothing in it changes', async () => {
  const { harness, beads, database } = makeBdFolder();
  const before = stateOf(beads);
  const args = ['import', '.beads', '--format', 'bd'];
  const dry = await harness.json(ImportAnswer, ...args, '--dry-run');
  const answer = await harness.json(ImportAnswer, ...args);
  expect(dry).toEqual({ ...answer, dryRun: true });
  expect(answer).toMatchObject({ added: 2, known: 0, notes: 1 });
  const { found, expected } = await compareWithExported(harness);
  expect(found).toEqual(expected);
  expect(found).toMatchObject([{ metadata: { k: 1 }, pinned: true }, {}]);
  for (const path of ['.', database, join(beads, 'embeddeddolt')]) {
    const again = await harness.json(ImportAnswer, 'import', path, '--format', 'bd');
    expect(again).toMatchObject({ added: 0, known: 2 });
  }
  expect(stateOf(beads)).toEqual(before);
});

test('what bd has just written is imported too, and its lock waits for nobody', async () => {
  const { harness, begin } = makeBdFolder();
  const bd = await begin(`INSERT INTO issues (id, title, description, design, acceptance_criteria,
    notes, created_at, updated_at) VALUES ('code-2', 'Not committed', '', '', '', '', '2026-05-01',
    '2026-05-01');`);
  const answer = await harness.json(ImportAnswer, 'import', '.beads', '--format', 'bd');
  expect(answer).toMatchObject({ added: 3 });
  expect(await harness.text('list')).toContain('Not committed');
  expect(bd.exitCode).toBeNull();
});

test('without dolt, and for what is none of bd, it says which ways there are', async () => {
  const { harness, beads, database, sql } = makeBdFolder();
  const error = async (path: string) => {
    const found = await harness.error('import', path, '--format', 'bd');
    expect(found).toMatchObject({ code: 'invalid_input', exitCode: 2 });
    return found;
  };
  mkdirSync(join(harness.project, 'empty'));
  expect(await error('empty')).toMatchObject({
    message: expect.stringContaining('the folder has no database of bd'),
    hint: expect.stringContaining('bd export -o issues.jsonl'),
  });
  // As a clone has it, where bd's database is in no commit.
  writeFileSync(join(harness.project, 'empty/issues.jsonl'), '');
  const exported = join(harness.project, 'empty/issues.jsonl');
  expect((await error('empty')).hint).toContain(`docket import '${exported}' --format bd`);
  cpSync(database, join(beads, 'embeddeddolt/other'), { recursive: true });
  const { message, hint } = await error('.beads');
  expect(message).toContain('it has several databases: beads, other');
  expect(hint).toContain(join(beads, 'embeddeddolt/'));
  const noms = join(beads, 'embeddeddolt/other/.dolt/noms');
  writeFileSync(join(noms, 'manifest'), 'nothing of the kind');
  expect((await error('.beads/embeddeddolt/other')).message).toContain('dolt cannot read it: ');
  truncateSync(join(noms, 'manifest'), 2 ** 31);
  expect((await error('.beads/embeddeddolt/other')).message).toContain(
    'more than 1073741824 bytes',
  );
  sql('DROP TABLE comments;');
  expect((await error(database)).message).toContain('it does not have the tables of bd');
  vi.stubEnv('PATH', '/nonexistent');
  expect(await error(database)).toMatchObject({
    message: expect.stringContaining('there is no dolt on the PATH'),
    hint: expect.stringContaining('bd export -o issues.jsonl'),
  });
});
