import { type ClosableList, openList } from '../../lib/access/open-list.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { renderLocalTime } from '../../lib/render/text/age.ts';
import { safeLine, safeOutput } from '../../lib/render/text/safe-text.ts';
import { type OutputStyle, paint } from '../../lib/render/text/style.ts';
import { readVersion } from '../../lib/tracker/reads/version.ts';
import { openScreen, type Screen } from '../terminal/screen.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Command, CommandAnswer, CommandInput } from './command.ts';

/** Milliseconds between two looks at whether something has changed. */
const pauses = { sqlite: 1_000, mysql: 2_000 } as const;

/** Milliseconds after which all is read anew in any case: ages grow, and sessions end. */
const anewAfter = 60_000;

/**
 * Runs a command again each time that something has changed in the list, and shows its answers, until
 * the person quits. The last answer stays on the terminal.
 *
 * @throws DocketError `usage` without a terminal, and what the command throws the first time.
 */
export async function watch(
  command: Command,
  input: CommandInput,
  name: string,
): Promise<CommandAnswer> {
  const terminal = await requireTerminal(input, name);
  const reader = makeReader(command, input, terminal);
  const first = await reader.read().catch(async (error: unknown) => {
    await reader.close();
    throw error;
  });
  const screen = openScreen(terminal, {
    takesKeys: true,
    interruption: input.io.interruption?.(),
    rest: (left) => `+${left} more lines: without --watch they are shown`,
  });
  const watched = { answer: first ?? { data: null, text: '' } };
  try {
    // A server that does not answer keeps nobody from quitting.
    await Promise.race([follow(reader, screen, { watched, style: input.io.style }), screen.quit]);
  } finally {
    screen.close();
  }
  return watched.answer;
}

/** Shows what is read until the person quits. An outage is told below the last picture. */
async function follow(
  reader: Reader,
  screen: Screen,
  { watched, style }: { readonly watched: { answer: CommandAnswer }; readonly style: OutputStyle },
): Promise<void> {
  let outage: Outage | undefined;
  for (;;) {
    const { text, rest = [] } = watched.answer;
    const lines = safeOutput([text, ...rest].join('\n'), style).split('\n');
    screen.show([...lines, statusLine(outage, style)]);
    const waited = await screen.wait(reader.pause());
    if (waited === 'quit') return reader.close();
    try {
      const read = await reader.read({ isDue: waited === 'resized' || outage !== undefined });
      if (read !== undefined) watched.answer = read;
      outage = undefined;
    } catch (error) {
      await reader.close();
      if (!(error instanceof DocketError) || !passing.includes(error.code)) throw error;
      outage = { message: error.message, since: outage?.since ?? new Date().toISOString() };
    }
  }
}

/** What may be over at the next try. */
const passing: readonly DocketError['code'][] = ['unreachable', 'contention'];

interface Outage {
  readonly message: string;
  readonly since: string;
}

function statusLine(outage: Outage | undefined, style: OutputStyle): string {
  if (outage === undefined) return paint(style, 'dim', '  watching for changes; q ends it');
  const since = renderLocalTime(outage.since, new Date().toISOString());
  const message = safeLine(outage.message, 200);
  return paint(style, 'yellow', `  Not up to date since ${since}, trying again: ${message}`);
}

/** Reads what is shown, over a connection that tells whether anything has changed. */
interface Reader {
  /** Reads it when something has changed, when it is due, or when it is old. */
  read(when?: { readonly isDue: boolean }): Promise<CommandAnswer | undefined>;
  /** Milliseconds to the next reading. */
  pause(): number;
  close(): Promise<void>;
}

function makeReader(command: Command, { io, ...input }: CommandInput, terminal: Terminal): Reader {
  const database = typeof input.flags.database === 'string' ? input.flags.database : undefined;
  const everywhere = input.flags['all-workspaces'] === true;
  let list: ClosableList | undefined;
  let pause: number = pauses.sqlite;
  let known: { readonly version: string; readonly at: number } | undefined;

  async function close(): Promise<void> {
    const open = list;
    list = undefined;
    await open?.close();
  }

  return {
    close,
    pause: () => pause,
    async read({ isDue } = { isDue: true }) {
      const isOld = known !== undefined && Date.now() - known.at >= anewAfter;
      // A file that was replaced is seen when it is opened again.
      if (isOld) await close();
      list ??= await openList({ ...io, database });
      pause = pauses[list.context?.database.kind ?? 'sqlite'];
      const version = await readVersion(list.scope, { everywhere });
      if (!isDue && !isOld && version === known?.version) return undefined;
      const style = { ...io.style, width: terminal.columns - 1, height: terminal.rows - 1 };
      const answer = await command.run({
        ...input,
        io: { ...io, style, isWatching: true, progress: () => {} },
      });
      known = { version, at: Date.now() };
      return answer;
    },
  };
}

/** @throws DocketError `usage` */
async function requireTerminal({ flags, io }: CommandInput, name: string): Promise<Terminal> {
  const other = (['json', 'cached'] as const).find((flag) => flags[flag] === true);
  if (other !== undefined) {
    throw new DocketError('usage', `--watch stays on a terminal: it goes without --${other}`, {
      hint: `docket ${name} --${other}`,
    });
  }
  const terminal = await io.terminal?.();
  if (terminal !== undefined) return terminal;
  throw new DocketError('usage', '--watch needs a terminal to paint', {
    hint: `docket ${name} shows it once; docket log --json tells a program what has changed`,
  });
}
