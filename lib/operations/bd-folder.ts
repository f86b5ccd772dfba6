import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivately } from '../filesystem/atomic-write.ts';
import { copyFolder } from '../filesystem/copy-folder.ts';
import { statOrUndefined } from '../filesystem/path-facts.ts';
import { readText } from '../filesystem/read-file.ts';
import { DocketError } from '../model/errors.ts';
import { toForeignList } from '../model/foreign/bd.ts';
import { issuesOfRows } from '../model/foreign/bd-rows.ts';
import { type Fields, type ForeignList, isFields, textOf } from '../model/foreign/foreign-task.ts';
import { shellWord } from '../model/shell-word.ts';
import { safeLine } from '../render/text/safe-text.ts';
import { mostIssues } from '../tracker/moving/bd-database.ts';

/** Of a database in a folder, which is copied before it is read. */
const bounds = { mostFiles: 10_000, mostBytes: 1024 * 1024 * 1024 } as const;

/** Milliseconds that Dolt may take, which reads all of it. */
const patience = 120_000;

/** No word to Dolt's makers. */
const quiet = { 'metrics.disabled': 'true', 'versioncheck.disabled': 'true' };

const otherWays =
  'bd export -o issues.jsonl and import that, or give the URL of the Dolt server that has the list: docket import mysql://root@127.0.0.1:3307/beads --format bd';

/**
 * Reads bd's list from the folder that bd itself opens as a database, by the `dolt` of the PATH. It
 * reads a copy: nothing is written to the folder, whose lock stays free for bd.
 *
 * @param path the folder `.beads`, the project that has it, or a database in it
 * @throws DocketError `invalid_input`: there is none, or several; there is no `dolt`, or it cannot
 * read it; too many issues
 */
export async function readBdFolder(path: string, mostBytes: number): Promise<ForeignList> {
  const database = findDatabase(path);
  const base = mkdtempSync(join(tmpdir(), 'docket-bd-'));
  try {
    const copy = join(base, 'bd');
    copyFolder(join(database, '.dolt/noms'), join(copy, '.dolt/noms'), bounds);
    // Its settings and what it is connected with have no say in how it is read.
    const state = { head: headOf(database), remotes: {}, backups: {}, branches: {} };
    createPrivately(join(copy, '.dolt/repo_state.json'), JSON.stringify(state));
    createPrivately(join(base, '.dolt/config_global.json'), JSON.stringify(quiet));
    return toForeignList(readAnswer(await askDolt(copy, { home: base, mostBytes })));
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** Finds the folder of the database, as bd lays it out: for itself, or for a server that it runs. */
function findDatabase(path: string): string {
  const places = ['', 'embeddeddolt', 'dolt', '.beads/embeddeddolt', '.beads/dolt'];
  for (const place of places.map((each) => join(path, each))) {
    if (isDatabase(place)) return place;
    const found = foldersOf(place).filter((name) => isDatabase(join(place, name)));
    const [name, another] = found;
    if (name !== undefined && another === undefined) return join(place, name);
    if (name === undefined) continue;
    throw new DocketError('invalid_input', `it has several databases: ${found.join(', ')}`, {
      hint: `Name one: ${join(place, name)}`,
    });
  }
  const exported = ['issues.jsonl', '.beads/issues.jsonl'].find(
    (name) => statOrUndefined(join(path, name)) !== undefined,
  );
  throw new DocketError('invalid_input', 'the folder has no database of bd', {
    hint:
      exported === undefined
        ? otherWays
        : `What bd exported is there: docket import ${shellWord(join(path, exported))} --format bd`,
  });
}

function isDatabase(folder: string): boolean {
  const found = statOrUndefined(join(folder, '.dolt/noms'));
  return typeof found === 'object' && found.isDirectory();
}

function foldersOf(place: string): readonly string[] {
  const found = statOrUndefined(place);
  if (typeof found !== 'object' || !found.isDirectory()) return [];
  const entries = readdirSync(place, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** The branch that the folder is on; bd writes to `main`. */
function headOf(database: string): string {
  const text = readText(join(database, '.dolt/repo_state.json'), 1024 * 1024) ?? '{}';
  const state: unknown = JSON.parse(text);
  const head = isFields(state) ? textOf(state.head) : undefined;
  return head !== undefined && /^refs\/heads\/[\w./-]+$/.test(head) ? head : 'refs/heads/main';
}

const tables = ['issues', 'labels', 'dependencies', 'comments'] as const;

/** Asks for the rows of the tables; gives a line of JSON for each. */
function askDolt(
  folder: string,
  { home, mostBytes }: { readonly home: string; readonly mostBytes: number },
): Promise<string> {
  const [issues, ...others] = tables;
  const sql = [
    `SELECT * FROM ${issues} ORDER BY id LIMIT ${mostIssues + 1}`,
    ...others.map((table) => `SELECT * FROM ${table} ORDER BY issue_id`),
  ].join('; ');
  const { PATH } = process.env;
  const env = { PATH, HOME: home, DOLT_ROOT_PATH: home, DOLT_DISABLE_EVENT_FLUSH: '1', TZ: 'UTC' };
  const options = { cwd: folder, env, maxBuffer: mostBytes, timeout: patience } as const;
  return new Promise((resolve, reject) => {
    execFile('dolt', ['sql', '-r', 'json', '-q', sql], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(explain(error, { stderr, mostBytes }));
    });
  });
}

function explain(
  error: Error & { readonly code?: unknown; readonly killed?: boolean },
  { stderr, mostBytes }: { readonly stderr: string; readonly mostBytes: number },
): DocketError {
  const refused = (why: string, hint = otherWays) =>
    new DocketError('invalid_input', why, { hint, cause: error });
  if (error.code === 'ENOENT') {
    return refused('a folder of bd is read by Dolt, and there is no dolt on the PATH');
  }
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return refused(`its rows have more than ${mostBytes} bytes`);
  }
  if (error.killed) return refused(`dolt did not read it within ${patience / 1_000} s`);
  if (/table not found/i.test(stderr)) return refused('it does not have the tables of bd');
  return refused(`dolt cannot read it: ${safeLine(stderr || error.message, 300)}`);
}

/** Makes issues of what Dolt answered. */
function readAnswer(text: string): readonly Fields[] {
  const answers = text.split('\n').filter((line) => line.trim() !== '');
  const [issues = [], labels = [], dependencies = [], comments = []] = answers.map(rowsOf);
  if (issues.length > mostIssues) {
    throw new DocketError('invalid_input', `it has more than ${mostIssues} issues`);
  }
  return issuesOfRows({ issues, labels, dependencies, comments });
}

function rowsOf(line: string): readonly Fields[] {
  const answer: unknown = JSON.parse(line);
  const rows: unknown = isFields(answer) ? answer.rows : undefined;
  return Array.isArray(rows) ? rows.filter(isFields).map(asText) : [];
}

/** A document is text on a connection, and a part of the answer here. */
function asText(row: Fields): Fields {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]),
  );
}
