import { sessionFolder } from '../../lib/access/find-context.ts';
import { databaseUrl, parseDatabase } from '../../lib/config/database.ts';
import { resolveFrom } from '../../lib/config/working-folder.ts';
import { requireFolder } from '../../lib/install/parts/init-folder.ts';
import { examine, isHealthy } from '../../lib/install/verbs/examine.ts';
import { renderExamination } from '../../lib/install/verbs/render-checks.ts';
import { doctor } from '../../lib/operations/set-up.ts';
import { defineCommand } from '../command/command.ts';

export const command = defineCommand({
  verb: doctor,
  usage: '[DIR]',
  args: { min: 0, max: 1 },
  flags: {},
  examples: ['docket doctor', 'docket doctor ~/code/web --json'],
  async run({ args: [dir], flags, io }) {
    const folder = requireFolder(resolveFrom(io.cwd ?? sessionFolder(io.env), dir ?? '.'), io.env);
    const url = flags.database;
    const database = url?.startsWith('sqlite:')
      ? databaseUrl(parseDatabase(url, io.cwd, io.env))
      : url;
    const found = await examine(folder, { env: io.env, database, now: Date.now() });
    return {
      data: { folder, healthy: isHealthy(found), ...found },
      text: renderExamination(found, io.style),
      exitCode: isHealthy(found) ? 0 : 1,
    };
  },
});
