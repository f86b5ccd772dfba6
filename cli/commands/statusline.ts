import { findListContext } from '../../lib/access/find-context.ts';
import { findWorker, namedSession } from '../../lib/access/worker.ts';
import { readStatusLine, type StatusLine } from '../../lib/briefing/status-line.ts';
import { stateFolder } from '../../lib/config/paths.ts';
import { snapshotIdOf } from '../../lib/config/snapshot-id.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { statusline } from '../../lib/operations/set-up.ts';
import { safeLine } from '../../lib/render/text/safe-text.ts';
import type { OutputStyle } from '../../lib/render/text/style.ts';
import { snapshotFile } from '../../lib/state/snapshot.ts';
import { keepStatusLine } from '../../lib/state/status-line.ts';
import { defineCommand } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';

export const command = defineCommand({
  verb: statusline,
  usage: '[--keep]',
  args: { min: 0, max: 0 },
  flags: {
    keep: { type: 'boolean', description: "keep it for the session's status line, print nothing" },
  },
  examples: ['docket statusline', 'docket init --user --statusline'],
  async run({ flags, io }) {
    if (!flags.keep) {
      const { line } = await find(io, flags.database, io.style);
      return { data: { line }, text: line };
    }
    const { line } = await keep(io, flags.database);
    return { data: { line }, text: '' };
  },
});

interface Found extends StatusLine {
  /** The last list that was read, which commands on this machine amend. */
  readonly changes: string;
}

/** Reads the list of the session or the folder that the command runs in. */
async function find(
  io: CommandIo,
  database: string | undefined,
  style: OutputStyle,
): Promise<Found> {
  const { env } = io;
  const context = findListContext({ ...io, database });
  const isTerminal = io.isTerminal?.() ?? true;
  const { session } = findWorker(env, { folder: context.folder, isTerminal });
  const folder = stateFolder(env);
  const listId = snapshotIdOf(context);
  const hook = { sessionId: session, agentId: undefined, context, stateFolder: folder, listId };
  const found = await readStatusLine(hook, { env, now: Date.now(), style });
  return { ...found, changes: snapshotFile(folder, listId) };
}

/** Keeps the line for the script that prints it, with what keeps docket from reading the list. */
async function keep(io: CommandIo, database: string | undefined): Promise<Found> {
  const { env } = io;
  const columns = Number(env.COLUMNS);
  const style = { width: columns > 0 ? columns : undefined, colour: !env.NO_COLOR };
  const found = await find(io, database, style).catch(explain);
  const readAt = Math.floor(Date.now() / 1_000);
  const { line, changes, keepFor } = found;
  const kept = { readAt, dueAt: readAt + keepFor, changes, line };
  keepStatusLine(stateFolder(env), namedSession(env), kept);
  return found;
}

/** Says in the line what is wrong; a folder without a list has none. */
function explain(error: unknown): Found {
  const rest = { keepFor: 60, changes: '' };
  if (!(error instanceof DocketError)) throw error;
  if (error.code === 'not_initialised') return { ...rest, line: '' };
  return { ...rest, line: `docket: ${safeLine(error.message, 60)} (docket doctor)` };
}
