import { withMode } from '../../lib/access/mode.ts';
import { withList } from '../../lib/access/open-list.ts';
import { findMovingPlace } from '../../lib/access/open-target.ts';
import { resolveFrom } from '../../lib/config/working-folder.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { shellWord } from '../../lib/model/shell-word.ts';
import { foreignFormats, importTasksFrom } from '../../lib/operations/import-tasks.ts';
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
  usage: 'FILE [--format FORMAT] [--dry-run] [--beside]',
  args: { min: 1, max: 1 },
  flags,
  document: {
    title: 'FILE is, by its --format',
    fields: {
      docket: 'what docket export wrote, with everything',
      bd: 'the JSONL of bd export',
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
    'docket import TODO.md --format markdown --dry-run',
  ],
  async run({ args: [path = ''], flags: values, io }) {
    const given = { file: resolveFrom(io.cwd, path), flags: values, io };
    const { format = 'docket', beside } = values;
    const foreign = foreignFormats.find((each) => each === format);
    if (foreign === undefined) return importWhole(given);
    if (beside) throw new DocketError('usage', '--beside is for a list that docket has exported');
    return withList({ ...io, database: values.database }, async (list) => {
      const dryRun = values['dry-run'];
      const { file } = given;
      const made = await importTasksFrom(
        withMode(list),
        { path: file, format: foreign },
        { dryRun },
      );
      const data = { file, format, dryRun, ...made, remarks: [...made.remarks] };
      const everything = `docket import ${shellWord(path)} --format ${format} --dry-run --json`;
      return { data, text: renderImportedTasks(data, everything) };
    });
  },
});

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
