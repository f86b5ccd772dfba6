import { findMovingPlace } from '../../lib/access/open-target.ts';
import { shellWord } from '../../lib/model/shell-word.ts';
import { copyList } from '../../lib/operations/move-list.ts';
import { copyVerb } from '../../lib/operations/moving.ts';
import { renderCopy } from '../../lib/render/figures/moving.ts';
import { defineCommand } from '../command/command.ts';
import { movedAnswer, tellMoving } from '../command/moving.ts';

export const command = defineCommand({
  verb: copyVerb,
  usage: '[FROM] TO [--dry-run] [--leave]',
  args: { min: 1, max: 2 },
  flags: {
    'dry-run': { type: 'boolean', description: 'say what would be done, and do nothing' },
    leave: { type: 'boolean', description: 'then refuse every change in FROM: it has moved' },
  },
  examples: [
    'docket copy mysql://db.example.com:3306/docket --dry-run',
    'docket copy mysql://db.example.com:3306/docket --leave',
    'docket copy sqlite:old.db sqlite:new.db',
  ],
  async run({ args, flags: { 'dry-run': dryRun, leave, database }, io }) {
    const from = findMovingPlace({ ...io, database: args.length === 2 ? args[0] : database });
    const to = findMovingPlace({ ...io, database: args.at(-1) });
    const moved = await copyList(
      { from: from.connection, to: to.connection, workspace: from.workspace.id },
      { dryRun, onProgress: tellMoving(io.progress), ...(leave ? { leaveFor: to.url } : {}) },
    );
    if (!dryRun) to.remember();
    const data = {
      from: from.url,
      to: to.url,
      followed: moved.followed,
      left: !dryRun && moved.movedTo === to.url,
      movedTo: moved.movedTo === to.url ? null : moved.movedTo,
      ...movedAnswer(moved, dryRun),
    };
    const pointing = `docket init --database ${shellWord(to.url)}`;
    return { data, text: renderCopy(data, pointing).join('\n') };
  },
});
