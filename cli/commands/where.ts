import { findContext } from '../../lib/access/find-context.ts';
import { readProjectSettings } from '../../lib/access/mode.ts';
import { findWorker } from '../../lib/access/worker.ts';
import { databaseUrl } from '../../lib/config/database.ts';
import type { Env } from '../../lib/config/paths.ts';
import { describeMode, type ProjectSettings } from '../../lib/config/project-settings.ts';
import { type Context, describeSource, loginOf, planConnection } from '../../lib/config/resolve.ts';
import { type Connection, needsLogin } from '../../lib/model/connection.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { where } from '../../lib/operations/set-up.ts';
import { safeLine } from '../../lib/render/text/safe-text.ts';
import { ListMoved } from '../../lib/tracker/database/has-moved.ts';
import { peekMovedTo } from '../../lib/tracker/database/inspect.ts';
import { defineCommand } from '../command/command.ts';

export const command = defineCommand({
  verb: where,
  usage: '',
  args: { min: 0, max: 0 },
  flags: {},
  examples: ['docket where', 'docket where --json'],
  async run(input) {
    const { env } = input.io;
    const context = findContext({ ...input.io, database: input.flags.database });
    const { search, workspace, database, source } = context;
    const isTerminal = input.io.isTerminal?.() ?? true;
    const worker = findWorker(env, { folder: context.folder, isTerminal });
    const connection = plan(context, env);
    const refusal = connection instanceof DocketError ? connection : undefined;
    const movedTo =
      connection instanceof DocketError || workspace === undefined
        ? undefined
        : await peekMovedTo(connection, workspace.id);
    const user = userOf(context, env);
    const settings = settingsOf(context);
    const data = {
      folder: context.folder,
      workspace: workspace ?? null,
      workspaceFrom: workspaceFrom(context),
      configFile: search.project?.file ?? null,
      shadowed: search.shadowed,
      ignored: search.ignored,
      database: databaseUrl(database),
      databaseFrom: source,
      user: user ?? null,
      approved: refusal === undefined,
      movedTo: movedTo ?? null,
      mode: settings?.mode ?? null,
      ...worker,
    };
    const lines: readonly (readonly [string, string])[] = [
      ['Folder', context.folder],
      ['List', `${workspace?.slug ?? 'none'}, ${workspaceFrom(context)}`],
      ...search.shadowed.map((file) => ['Not used', `${file}: the outermost file counts`] as const),
      ...search.ignored.map(({ file, reason }) => ['Not used', `${file}: ${reason}`] as const),
      ...(settings?.mode === undefined ? [] : [['Mode', describeMode(settings)] as const]),
      ['Database', `${databaseUrl(database)}, ${describeSource(source)}`],
      ...(user === undefined ? [] : [['Database user', user] as const]),
      ...(refusal === undefined ? [] : [['Refused', refusalText(refusal)] as const]),
      ...(movedTo === undefined ? [] : [['Moved', movedText(movedTo)] as const]),
      ['You', `${worker.actor}, session ${worker.session}, agent ${worker.agent}`],
    ];
    const width = Math.max(...lines.map(([label]) => label.length));
    const text = lines
      .map(([label, value]) => `${label.padEnd(width)}  ${safeLine(value, 2_000)}`)
      .join('\n');
    return { data, text };
  },
});

function workspaceFrom({ search, workspace }: Context): string {
  if (search.project !== undefined) return `from ${search.project.file}`;
  if (workspace === undefined) return 'as docket was never initialised here: docket init';
  return 'your own default list, as this is outside any repository';
}

/** Reads the project's settings; undefined where they are wrong: commands that need them say so. */
function settingsOf(context: Context): ProjectSettings | undefined {
  try {
    return readProjectSettings(context);
  } catch (error) {
    if (error instanceof DocketError) return undefined;
    throw error;
  }
}

function plan(context: Context, env: Env): Connection | DocketError {
  try {
    return planConnection(context, env);
  } catch (error) {
    if (error instanceof DocketError) return error;
    throw error;
  }
}

function refusalText({ message, hint }: Pick<DocketError, 'message' | 'hint'>): string {
  return hint === undefined ? message : `${message}. ${hint}`;
}

function movedText(url: string): string {
  const { message, hint } = new ListMoved(url);
  return refusalText({ message, hint });
}

function userOf(context: Context, env: Env): string | undefined {
  if (!needsLogin(context.database)) return undefined;
  try {
    return loginOf(context, env).user;
  } catch (error) {
    if (error instanceof DocketError) return undefined;
    throw error;
  }
}
