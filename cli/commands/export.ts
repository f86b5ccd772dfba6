import { resolve } from 'node:path';
import { withList } from '../../lib/access/open-list.ts';
import { resolveFrom } from '../../lib/config/working-folder.ts';
import { writeInParts } from '../../lib/filesystem/write-lines.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { exportFrom } from '../../lib/operations/move-list.ts';
import { exportVerb } from '../../lib/operations/moving.ts';
import { renderExport } from '../../lib/render/figures/moving.ts';
import { listInDatabase } from '../../lib/tracker/moving/list-in-database.ts';
import { defineCommand } from '../command/command.ts';
import { tellMoving } from '../command/moving.ts';

const formats = ['docket'] as const;

export const command = defineCommand({
  verb: exportVerb,
  usage: '[FILE] [--format FORMAT]',
  args: { min: 0, max: 1 },
  flags: {
    format: {
      type: 'string',
      value: 'FORMAT',
      choices: formats,
      description: 'docket, the default, keeps everything and can be imported again',
    },
  },
  examples: ['docket export web.jsonl', 'docket export | gzip > web.jsonl.gz'],
  async run({ args: [path], flags: { database, json, format = 'docket' }, io }) {
    if (path === undefined && json) {
      throw new DocketError('usage', 'docket export --json needs a FILE to write the list to');
    }
    const file = path === undefined ? undefined : resolveFrom(io.cwd, path);
    return withList({ ...io, database }, async ({ scope: { store, workspaceId } }) => {
      const source = listInDatabase(store, workspaceId, 'the database');
      const parts: string[] = [];
      const print = io.print ?? ((text: string) => void parts.push(text));
      const output = file === undefined ? undefined : openFile(file);
      try {
        const write = (text: string) => (output === undefined ? print(text) : output.write(text));
        const exported = await exportFrom(source, write, tellMoving(io.progress));
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

function openFile(path: string) {
  try {
    return writeInParts(resolve(path));
  } catch (error) {
    throw new DocketError('invalid_input', `cannot write ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
