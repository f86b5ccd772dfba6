import { withMode } from '../../lib/access/mode.ts';
import { withList } from '../../lib/access/open-list.ts';
import { findMovingPlace } from '../../lib/access/open-target.ts';
import { resolveFrom } from '../../lib/config/working-folder.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { shellWord } from '../../lib/model/shell-word.ts';
import {
  type ForeignFormat,
  type ForeignSource,
  foreignFormats,
  importTasksFrom,
} from '../../lib/operations/import-tasks.ts';
import { importList } from '../../lib/operations/move-list.ts';
import { importVerb } from '../../lib/operations/moving.ts';
import { renderImport, renderImportedTasks } from '../../lib/render/figures/moving.ts';
import { defineCommand, type Flags, type FlagValues } from '../command/command.ts';
import { movedAnswer, tellMoving } from '../command/moving.ts';
import type { CommandIo } from '../terminal/io.ts';

const flags = {
  format: {
    type: 'string',
    value: 'FORMAT',
    choices: ['docket', ...foreignFormats],
    description: 'docket, the default: what docket export wrote; or tasks of another tracker',
  },
  'dry-run': { type: 'boolean', description: 'say what would be done, and do nothing' },
  beside: {
    type: 'boolean',
    description: 'also a list of another project, beside those that the database has',
  },
} as const satisfies Flags;

interface Given {
  readonly file: string;
  readonly flags: FlagValues<typeof flags>;
  readonly io: CommandIo;
}

export const command = defineCommand({
  verb: importVerb,
  usage: 'FILE|URL [--format FORMAT] [--dry-run] [--beside]',
  args: { min: 1, max: 1 },
  flags,
  document: {
    title: 'FILE is, by its --format',
    fields: {
      docket: 'what docket export wrote, with everything',
      bd: 'the JSONL of bd export, the folder .beads, or the URL of its Dolt database',
      'task-master': 'its tasks.json',
      backlog: 'the folder of Backlog.md',
      claude: 'the folder ~/.claude/tasks, or a list in it',
      github: 'what gh issue list --json number,title,body,state,labels printed',
      markdown: 'a document with checkboxes',
      'todo-txt': 'a todo.txt',
      csv: 'a table with the names of its columns in the first row',
    },
  },
  examples: [
    'docket import web.jsonl --dry-run',
    'docket import web.jsonl',
    'docket import .beads/issues.jsonl --format bd',
    'docket import .beads --format bd --dry-run',
    'docket import TODO.md --format markdown --dry-run',
    'docket import mysql://root@127.0.0.1:3307/beads --format bd --dry-run',
  ],
  async run({ args: [path = ''], flags: values, io }) {
    const { format = 'docket', beside } = values;
    const foreign = foreignFormats.find((each) => each === format);
    if (foreign === undefined) {
      if (isUrl(path)) throw noDatabase;
      return importWhole({ file: resolveFrom(io.cwd, path), flags: values, io });
    }
    if (beside) throw new DocketError('usage', '--beside is for a list that docket has exported');
    return withList({ ...io, database: values.database }, async (list) => {
      const dryRun = values['dry-run'];
      const source = placeOf(path, foreign, io);
      const file = source.path;
      const made = await importTasksFrom(withMode(list), source, { dryRun });
      const data = { file, format, dryRun, ...made, remarks: [...made.remarks] };
      const everything = `docket import ${shellWord(path)} --format ${format} --dry-run --json`;
      return { data, text: renderImportedTasks(data, everything) };
    });
  },
});

function isUrl(given: string): boolean {
  return /^(mysql|sqlite):/.test(given);
}

const noDatabase = new DocketError('usage', 'docket export wrote a file, and this is a database', {
  hint: "docket import URL --format bd reads bd's database; docket copy FROM TO copies a list of docket's",
});

/** A file, or where its format is bd's the database that bd keeps its list in. */
function placeOf(given: string, format: ForeignFormat, io: CommandIo): ForeignSource {
  if (!given.startsWith('mysql:')) return { path: resolveFrom(io.cwd, given), format };
  if (format !== 'bd') {
    throw new DocketError('usage', `of ${format} a file is imported, and no database`);
  }
  const { url, connection } = findMovingPlace({ ...io, database: given });
  return { path: url, format, connection };
}

/** Brings the list in line with docket's own file. */
async function importWhole({ file, flags: { 'dry-run': dryRun, beside, database }, io }: Given) {
  const place = findMovingPlace({ ...io, database });
  const { connection, workspace } = place;
  const moved = await importList(
    { connection, file, ...(beside ? {} : { workspace: workspace.id }) },
    { dryRun, onProgress: tellMoving(io.progress) },
  );
  if (!dryRun && moved.workspace.id === workspace.id) place.remember();
  const data = { file, database: place.url, ...movedAnswer(moved, dryRun) };
  return { data, text: renderImport(data) };
}
