import { resolveFrom } from '../../lib/config/working-folder.ts';
import { printableLine } from '../../lib/install/files/printable-text.ts';
import { renderFileChanges, viewFileChanges } from '../../lib/install/files/render-changes.ts';
import { requireFolder } from '../../lib/install/parts/init-folder.ts';
import { uninstallUser } from '../../lib/install/verbs/init-user.ts';
import { type UninstallAllResult, uninstallAll } from '../../lib/install/verbs/uninstall-all.ts';
import { uninstallProject } from '../../lib/install/verbs/uninstall-project.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { shellWord } from '../../lib/model/shell-word.ts';
import { uninstall } from '../../lib/operations/set-up.ts';
import { type CommandAnswer, defineCommand } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';

export const command = defineCommand({
  verb: uninstall,
  usage: '[DIR] [--user] [--all [--lists] [--anyway]] [--dry-run]',
  args: { min: 0, max: 1 },
  flags: {
    user: { type: 'boolean', description: 'from your own settings, the inverse of init --user' },
    all: { type: 'boolean', description: 'docket itself, with all that it keeps on this machine' },
    lists: { type: 'boolean', description: 'with --all: your own file of tasks as well' },
    anyway: { type: 'boolean', description: 'with --all: although projects have its files still' },
    'dry-run': { type: 'boolean', description: 'show what would change, and change nothing' },
  },
  examples: [
    'docket uninstall',
    'docket uninstall ~/code/web --dry-run',
    'docket uninstall --user',
    'docket uninstall --all --dry-run',
  ],
  async run({ args: [dir], flags, io }) {
    const dryRun = flags['dry-run'];
    if (dir !== undefined && (flags.user || flags.all)) {
      throw new DocketError('usage', `${flags.all ? '--all' : '--user'} takes no folder`);
    }
    if (!flags.all && (flags.lists || flags.anyway)) {
      throw new DocketError('usage', '--lists and --anyway go with --all');
    }
    if (flags.all) {
      const { lists, anyway } = flags;
      return describeAll(uninstallAll({ env: io.env, lists, anyway, dryRun }), { dryRun, io });
    }
    if (flags.user) {
      const { changes, keptAgents, keptStatusLine } = uninstallUser(io.env, { dryRun });
      const files = renderFileChanges(changes, { folder: io.cwd ?? '/', dryRun });
      return {
        data: {
          changes: viewFileChanges(changes),
          keptAgents,
          keptStatusLine,
          dryRun,
        },
        text: [files, ...keptAgents.map(describeKept), ...describeLine(keptStatusLine)].join('\n'),
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

function describeLine(path: string | null): readonly string[] {
  const what = "which you have changed since: take docket's part out by hand";
  return path === null ? [] : [`Kept the status line in ${printableLine(path)}, ${what}`];
}

function describeKept(path: string): string {
  return `Kept ${printableLine(path)}, which is not as docket wrote it`;
}

function describeAll(
  { changes, ...result }: UninstallAllResult,
  { dryRun, io }: { dryRun: boolean; io: CommandIo },
): CommandAnswer {
  const data = { ...result, changes: viewFileChanges(changes), dryRun };
  if (result.isRefused) return { data, text: refusal(result.projects), exitCode: 4 };
  const files =
    changes.length > 0 ? [renderFileChanges(changes, { folder: io.cwd ?? '/', dryRun })] : [];
  const verb = dryRun ? 'Would remove' : 'Removed';
  const text = [
    ...files,
    ...result.removed.map((path) => `${verb} ${printableLine(path)}`),
    ...result.keptAgents.map(describeKept),
    ...describeLine(result.keptStatusLine),
    ...result.keptFiles.map((path) => `Kept ${printableLine(path)}, which is not docket's`),
    ...result.keptLists.map(
      (path) => `Kept ${printableLine(path)}: your tasks (--lists removes it)`,
    ),
    ...result.projects.map((path) => `Left as it is: docket's files in ${printableLine(path)}`),
  ];
  return { data, text: text.length > 0 ? text.join('\n') : 'Nothing to change.' };
}

function refusal(projects: readonly string[]): string {
  return [
    'Nothing is removed yet: these projects have files that only docket can take out again.',
    ...projects.map((path) => `  docket uninstall ${shellWord(path)}`),
    'To leave them there, as for colleagues who go on with docket: docket uninstall --all --anyway',
  ].join('\n');
}
