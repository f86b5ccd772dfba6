import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OpenList } from '../../lib/access/list-context.ts';
import { withList } from '../../lib/access/open-list.ts';
import { resolveFrom } from '../../lib/config/working-folder.ts';
import { whyNotWritten } from '../../lib/filesystem/write-error.ts';
import { writeInParts } from '../../lib/filesystem/write-lines.ts';
import { DocketError } from '../../lib/model/errors.ts';
import type { OutgoingTask } from '../../lib/model/foreign/outgoing.ts';
import { writeBd } from '../../lib/model/foreign/write-bd.ts';
import { csvHead, writeCsv, writeMarkdown } from '../../lib/model/foreign/write-table.ts';
import { exportFrom } from '../../lib/operations/move-list.ts';
import { exportVerb } from '../../lib/operations/moving.ts';
import { renderExport } from '../../lib/render/figures/moving.ts';
import { safeOutput } from '../../lib/render/text/safe-text.ts';
import { listInDatabase } from '../../lib/tracker/moving/list-in-database.ts';
import { writeOutgoing } from '../../lib/tracker/moving/outgoing-tasks.ts';
import { defineCommand } from '../command/command.ts';
import { tellMoving } from '../command/moving.ts';

const writers: Readonly<Record<string, (task: OutgoingTask) => string>> = {
  bd: writeBd,
  csv: writeCsv,
  markdown: writeMarkdown,
};

export const command = defineCommand({
  verb: exportVerb,
  usage: '[FILE] [--format FORMAT]',
  args: { min: 0, max: 1 },
  flags: {
    format: {
      type: 'string',
      value: 'FORMAT',
      choices: ['docket', ...Object.keys(writers)],
      description: 'docket, the default, keeps everything; the others have the tasks alone',
    },
  },
  examples: [
    'docket export web.jsonl',
    'docket export | gzip > web.jsonl.gz',
    'docket export tasks.csv --format csv',
  ],
  async run({ args: [given], flags: { database, json, format = 'docket' }, io }) {
    // As elsewhere: standard output, and no file of that name.
    const path = given === '-' ? undefined : given;
    if (path === undefined && json) {
      throw new DocketError('usage', 'docket export --json needs a FILE to write the list to');
    }
    const file = path === undefined ? undefined : resolveFrom(io.cwd, path);
    return withList({ ...io, database }, async (list) => {
      const { store, workspaceId } = list.scope;
      const source = listInDatabase(store, workspaceId, 'the database');
      const parts: string[] = [];
      const print = io.print ?? ((text: string) => void parts.push(text));
      // A terminal would obey what strangers wrote; a file and a pipe get it as it is.
      const isShown = io.style.colour || io.style.width !== undefined;
      const show = (text: string) => print(isShown ? safeOutput(text, { colour: false }) : text);
      const output = file === undefined ? undefined : openFile(file);
      try {
        const write = (text: string) => (output === undefined ? show(text) : output.write(text));
        const writer = writers[format];
        const exported =
          writer === undefined
            ? await exportFrom(source, write, tellMoving(io.progress))
            : await exportTasks(list, { write, writer, head: format === 'csv' ? csvHead : '' });
        output?.finish();
        const data = { file: file ?? null, format, ...exported };
        return { data, text: file === undefined ? parts.join('').trimEnd() : renderExport(data) };
      } catch (error) {
        output?.discard();
        throw error;
      }
    });
  },
});

/** Writes the tasks for another tracker. */
async function exportTasks(
  { scope: { store, workspaceId }, context }: OpenList,
  {
    write,
    writer,
    head,
  }: {
    readonly write: (text: string) => unknown;
    readonly writer: (task: OutgoingTask) => string;
    readonly head: string;
  },
) {
  if (head !== '') await write(head);
  const tasks = await writeOutgoing(store, workspaceId, (some) => write(some.map(writer).join('')));
  return { workspace: { id: workspaceId, slug: context?.workspace.slug ?? '' }, counts: { tasks } };
}

function openFile(path: string) {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new DocketError('invalid_input', `${path} is a folder, and a list goes into a file`, {
      hint: 'docket export FILE; docket backup FOLDER writes the whole database',
    });
  }
  try {
    return writeInParts(resolve(path));
  } catch (error) {
    throw new DocketError('invalid_input', `cannot write ${path}: ${whyNotWritten(error)}`, {
      cause: error,
    });
  }
}
