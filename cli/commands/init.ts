import { actorOf } from '../../lib/config/actor.ts';
import { databaseUrl, parseDatabase } from '../../lib/config/database.ts';
import { Mode } from '../../lib/config/project-settings.ts';
import { resolveFrom } from '../../lib/config/working-folder.ts';
import type { Check } from '../../lib/install/check.ts';
import { printableLine } from '../../lib/install/files/printable-text.ts';
import { renderFileChanges, viewFileChanges } from '../../lib/install/files/render-changes.ts';
import { requireFolder } from '../../lib/install/parts/init-folder.ts';
import { type Examination, examine, isHealthy } from '../../lib/install/verbs/examine.ts';
import { type InitResult, initProject } from '../../lib/install/verbs/init-project.ts';
import { initUser } from '../../lib/install/verbs/init-user.ts';
import { renderChecks, renderExamination } from '../../lib/install/verbs/render-checks.ts';
import { isLocalFile } from '../../lib/model/connection.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { init } from '../../lib/operations/set-up.ts';
import type { OutputStyle } from '../../lib/render/text/style.ts';
import { type CommandAnswer, defineCommand } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';

export const command = defineCommand({
  verb: init,
  usage:
    '[DIR] [--user [--statusline]] [--database URL] [--agents] [--claude-md] [--check] [--dry-run]',
  args: { min: 0, max: 1 },
  flags: {
    user: { type: 'boolean', description: 'for your sessions in all folders, subfolders included' },
    statusline: {
      type: 'boolean',
      description: "with --user: show the list below Claude Code's prompt",
    },
    wrap: { type: 'boolean', description: 'after a status line of your own, which stays' },
    anyway: { type: 'boolean', description: 'in a folder that is in no git repository' },
    check: { type: 'boolean', description: 'then look whether all works, as docket doctor does' },
    'dry-run': { type: 'boolean', description: 'show what would be written, and write nothing' },
    agents: { type: 'boolean', description: 'install the agents that docket run hands tasks to' },
    'claude-md': { type: 'boolean', description: 'add a short marked block to CLAUDE.md' },
    mode: {
      type: 'string',
      value: 'MODE',
      choices: Mode.options,
      description: 'whom tasks are for: clients that are billed, a project, nobody',
    },
    client: { type: 'string', value: 'NAME', description: 'the client of new tasks; made if new' },
    project: { type: 'string', value: 'NAME', description: 'the project of new tasks, likewise' },
  },
  examples: [
    'docket init',
    'docket init ~/code/web --database mysql://db.example.com/tasks',
    'docket init --agents --dry-run',
    "docket init --mode msp --client 'Acme Corp'",
    'docket init --mode development --project dashboard',
    'docket init --user',
    'docket init --user --statusline',
  ],
  async run({ args: [dir], flags, io }) {
    const dryRun = flags['dry-run'];
    const database = fullUrl(flags.database, io);
    const { statusline, wrap } = flags;
    if ((statusline && !flags.user) || (wrap && !statusline)) {
      throw new DocketError(
        'usage',
        '--statusline goes with --user, and --wrap with --statusline',
        {
          hint: 'docket init --user --statusline',
        },
      );
    }
    if (flags.user) {
      const { mode, client, project } = flags;
      if (
        [dir, mode, client, project].some((value) => value !== undefined) ||
        flags['claude-md'] ||
        flags.anyway ||
        flags.check
      ) {
        throw new DocketError(
          'usage',
          'docket init --user takes no folder, no --anyway, --check, --claude-md, --mode, --client or --project',
        );
      }
      const { agents } = flags;
      const statusLine = statusline ? { wrap } : undefined;
      const options = { env: io.env, database, agents, statusLine, dryRun };
      const { changes, warnings } = await initUser(options);
      const files = renderFileChanges(changes, { folder: io.cwd ?? '/', dryRun });
      const warningText = warnings.length > 0 ? [renderChecks(warnings, io.style)] : [];
      return {
        data: { changes: viewFileChanges(changes), warnings, dryRun },
        text: [files, ...warningText].join('\n'),
      };
    }
    const folder = requireFolder(resolveFrom(io.cwd, dir ?? '.'), io.env);
    const result = await initProject(folder, {
      env: io.env,
      database,
      claudeMd: flags['claude-md'],
      agents: flags.agents,
      mode: { mode: flags.mode as Mode | undefined, client: flags.client, project: flags.project },
      dryRun,
      anyway: flags.anyway,
      createdBy: actorOf(io.env, folder),
    });
    const answer = (found?: Examination) =>
      describe(result, { folder, dryRun, style: io.style, found });
    if (!flags.check || dryRun) return answer();
    return answer(await examine(folder, { env: io.env, database: undefined, now: Date.now() }));
  },
});

/** Resolves a path on the command line against the folder that the command runs in. */
function fullUrl(url: string | undefined, { cwd, env }: CommandIo): string | undefined {
  if (url === undefined) return undefined;
  const database = parseDatabase(url, cwd, env);
  return isLocalFile(database) ? databaseUrl(database) : url;
}

function describe(
  result: InitResult,
  { folder, dryRun, style, found }: DescribeOptions,
): CommandAnswer {
  const { workspace, membership, database, madeTables, changes } = result;
  const warnings = result.warnings.filter((warning) => !isTold(warning, found));
  const files = renderFileChanges(changes, { folder, dryRun });
  const list = `${membershipText[membership]} ${workspace.slug}, in ${printableLine(database)}`;
  const lines = [
    files,
    ...(madeTables ? [`Made docket's tables in ${printableLine(database)}`] : []),
    ...(dryRun ? [] : [list]),
    ...(warnings.length > 0 ? [renderChecks(warnings, style)] : []),
    ...(found === undefined ? [] : ['', renderExamination(found, style, { onlyFaults: true })]),
  ];
  const data = {
    folder,
    workspace: { ...workspace, membership },
    database,
    madeTables,
    changes: viewFileChanges(changes),
    warnings,
    dryRun,
    ...(found === undefined ? {} : { check: { healthy: isHealthy(found), ...found } }),
  };
  const exitCode = found === undefined || isHealthy(found) ? 0 : 1;
  return { data, text: lines.join('\n'), exitCode };
}

interface DescribeOptions {
  readonly folder: string;
  readonly dryRun: boolean;
  readonly style: OutputStyle;
  /** What a check afterwards found; it tells some of the warnings as well. */
  readonly found: Examination | undefined;
}

function isTold({ name, message }: Check, found: Examination | undefined): boolean {
  return found?.checks.some((each) => each.name === name && each.message === message) ?? false;
}

const membershipText: Readonly<Record<InitResult['membership'], string>> = {
  new: 'Made the list',
  joined: 'Joined the list that another clone of this repository made:',
  known: 'The list is',
};
