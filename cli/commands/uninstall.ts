import { resolveFrom } from '../../lib/config/working-folder.ts';
import { printableLine } from '../../lib/install/files/printable-text.ts';
import { renderFileChanges, viewFileChanges } from '../../lib/install/files/render-changes.ts';
import { requireFolder } from '../../lib/install/parts/init-folder.ts';
import { uninstallUser } from '../../lib/install/verbs/init-user.ts';
import { uninstallProject } from '../../lib/install/verbs/uninstall-project.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { uninstall } from '../../lib/operations/set-up.ts';
import { defineCommand } from '../command/command.ts';

export const command = defineCommand({
  verb: uninstall,
  usage: '[DIR] [--user] [--dry-run]',
  args: { min: 0, max: 1 },
  flags: {
    user: { type: 'boolean', description: 'from your own settings, the inverse of init --user' },
    'dry-run': { type: 'boolean', description: 'show what would change, and change nothing' },
  },
  examples: [
    'docket uninstall',
    'docket uninstall ~/code/web --dry-run',
    'docket uninstall --user',
  ],
  async run({ args: [dir], flags, io }) {
    const dryRun = flags['dry-run'];
    if (flags.user) {
      if (dir !== undefined) throw new DocketError('usage', '--user takes no folder');
      const { changes, keptAgents } = uninstallUser(io.env, { dryRun });
      const files = renderFileChanges(changes, { folder: io.cwd ?? '/', dryRun });
      return {
        data: { changes: viewFileChanges(changes), keptAgents, dryRun },
        text: [files, ...keptAgents.map(describeKept)].join('\n'),
      };
    }
    const folder = requireFolder(resolveFrom(io.cwd, dir ?? '.'), io.env);
    const { changes, database, kept, keptAgents } = uninstallProject(folder, {
      env: io.env,
      dryRun,
    });
    const text = [
      renderFileChanges(changes, { folder, dryRun }),
      ...(kept === undefined
        ? []
        : [`Kept ${printableLine(kept)}, which holds more than docket wrote`]),
      ...keptAgents.map(describeKept),
      ...(database === undefined ? [] : [`The tasks stay in ${printableLine(database)}`]),
    ].join('\n');
    const data = {
      folder,
      changes: viewFileChanges(changes),
      kept: kept ?? null,
      keptAgents,
      database: database ?? null,
      dryRun,
    };
    return { data, text };
  },
});

function describeKept(path: string): string {
  return `Kept ${printableLine(path)}, which is not as docket wrote it`;
}
