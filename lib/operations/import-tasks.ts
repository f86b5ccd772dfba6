import { listFiles } from '../filesystem/list-files.ts';
import { statOrUndefined } from '../filesystem/path-facts.ts';
import { whyNotRead } from '../filesystem/read-error.ts';
import { readText, UnfitFile } from '../filesystem/read-file.ts';
import type { Connection } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { type BacklogFile, readBacklog } from '../model/foreign/backlog.ts';
import { readBd } from '../model/foreign/bd.ts';
import { readClaudeTasks } from '../model/foreign/claude.ts';
import { readCsv } from '../model/foreign/csv.ts';
import { type ForeignList, isFields } from '../model/foreign/foreign-task.ts';
import { readGithub } from '../model/foreign/github.ts';
import { readMarkdown } from '../model/foreign/markdown.ts';
import { readTaskMaster } from '../model/foreign/task-master.ts';
import { readTodoTxt } from '../model/foreign/todo-txt.ts';
import { readBdDatabase } from '../tracker/moving/bd-database.ts';
import { type ImportedTasks, importTasks } from '../tracker/moving/import-tasks.ts';
import type { Scope } from '../tracker/scope.ts';

/** The most bytes of a file of another tracker, which is read whole. */
const mostBytes = 64 * 1024 * 1024;

const folderBounds = { files: 20_000, bytes: 4 * 1024 * 1024 } as const;

type Reader = (path: string) => Promise<ForeignList>;

const readers = {
  bd: readBdPath,
  'task-master': whole(readTaskMaster),
  backlog: async (path) => readBacklog(await readBacklogFiles(path)),
  claude: async (path) => readClaudeTasks(folderOf(path, '.json')),
  github: whole(readGithub),
  markdown: whole(readMarkdown),
  'todo-txt': whole(readTodoTxt),
  csv: whole(readCsv),
} as const satisfies Readonly<Record<string, Reader>>;

/** The name of a format of another tracker. */
export type ForeignFormat = keyof typeof readers;

export const foreignFormats = Object.keys(readers) as readonly ForeignFormat[];

/** Where the tasks of another tracker are. */
export interface ForeignSource {
  /**
   * A file, of `backlog`, `claude` and `bd` also a folder; of a database its URL, as messages name
   * it.
   */
  readonly path: string;
  readonly format: ForeignFormat;
  /** The database of bd. */
  readonly connection?: Connection | undefined;
}

/**
 * Imports the tasks of another tracker into a list, in one transaction; a second time those that
 * are there stay as they are.
 *
 * @throws DocketError `invalid_input`: cannot be read, is of another format, is too long;
 * `unreachable`: the database of bd is away
 */
export async function importTasksFrom(
  scope: Scope,
  { path, format, connection }: ForeignSource,
  { dryRun }: { readonly dryRun?: boolean | undefined } = {},
): Promise<ImportedTasks> {
  const list = await reading(path, () =>
    connection === undefined ? readers[format](path) : readBdDatabase(connection),
  );
  if (list.tasks.length === 0) {
    throw new DocketError('invalid_input', `${path} has no tasks (${format})`, {
      hint: ['docket import --help names the formats', ...list.remarks].join('; '),
    });
  }
  return importTasks(scope, list, { format, dryRun });
}

const awayHint =
  "See that bd's server runs there and lets this user in; docket trust --help tells where its user and password stand";

async function reading<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DocketError) {
      const { code, message } = error;
      // It is no database of docket's, of which a list may be known and doctor could tell.
      const hint = code === 'unreachable' ? awayHint : error.hint;
      throw new DocketError(code, `${path}: ${message}`, { hint, cause: error });
    }
    const why = `cannot read ${path}: ${whyNotRead(error)}`;
    throw new DocketError('invalid_input', why, { cause: error });
  }
}

async function readBdPath(path: string): Promise<ForeignList> {
  const found = statOrUndefined(path);
  if (typeof found !== 'object' || !found.isDirectory()) return whole(readBd)(path);
  return (await import('./bd-folder.ts')).readBdFolder(path, mostBytes);
}

function whole(read: (text: string) => ForeignList): Reader {
  return async (path) => {
    const text = readText(path, mostBytes);
    if (text === undefined) throw new UnfitFile('there is no such file');
    return read(text.replace(/^\ufeff/, ''));
  };
}

/** Reads the files of a folder; a single file is one of those. */
function folderOf(path: string, ending: string) {
  const found = statOrUndefined(path);
  if (typeof found === 'object' && found.isFile()) {
    return [{ path: '', text: readText(path, folderBounds.bytes) ?? '' }];
  }
  const files = listFiles(path, { ending, levels: 4, most: folderBounds.files });
  let bytes = 0;
  return files.map((file) => {
    const text = readText(`${path}/${file}`, folderBounds.bytes) ?? '';
    bytes += text.length;
    if (bytes > mostBytes) throw new UnfitFile(`its files have more than ${mostBytes} bytes`);
    return { path: file, text };
  });
}

async function readBacklogFiles(path: string): Promise<readonly BacklogFile[]> {
  const { parseFrontMatter } = await import('../config/templates/front-matter.ts');
  return folderOf(path, '.md').map(({ path: file, text }) => {
    const [, front, body = ''] = /^---\r?\n(.*?)\r?\n---\r?\n?(.*)$/s.exec(text) ?? [];
    if (front === undefined) return { path: file, fields: undefined, body: text };
    const parsed = parseFrontMatter(front);
    const value = 'value' in parsed ? parsed.value : undefined;
    return { path: file, fields: isFields(value) ? value : undefined, body };
  });
}
