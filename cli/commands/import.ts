import { findMovingPlace } from '../../lib/access/open-target.ts';
import { resolveFrom } from '../../lib/config/working-folder.ts';
import { importList } from '../../lib/operations/move-list.ts';
import { importVerb } from '../../lib/operations/moving.ts';
import { renderImport } from '../../lib/render/figures/moving.ts';
import { defineCommand } from '../command/command.ts';
import { movedAnswer, tellMoving } from '../command/moving.ts';

const formats = ['docket'] as const;

export const command = defineCommand({
  verb: importVerb,
  usage: 'FILE [--format FORMAT] [--dry-run] [--beside]',
  args: { min: 1, max: 1 },
  flags: {
    format: {
      type: 'string',
      value: 'FORMAT',
      choices: formats,
      description: 'docket, the default: what docket export wrote',
    },
    'dry-run': { type: 'boolean', description: 'say what would be done, and do nothing' },
    beside: {
      type: 'boolean',
      description: 'also a list of another project, beside those that the database has',
    },
  },
  examples: ['docket import web.jsonl --dry-run', 'docket import web.jsonl'],
  async run({ args: [path = ''], flags, io }) {
    const { 'dry-run': dryRun, beside, database } = flags;
    const place = findMovingPlace({ ...io, database });
    const file = resolveFrom(io.cwd, path);
    const { connection, workspace } = place;
    const moved = await importList(
      { connection, file, ...(beside ? {} : { workspace: workspace.id }) },
      { dryRun, onProgress: tellMoving(io.progress) },
    );
    if (!dryRun && moved.workspace.id === workspace.id) place.remember();
    const data = { file, database: place.url, ...movedAnswer(moved, dryRun) };
    return { data, text: renderImport(data) };
  },
});
