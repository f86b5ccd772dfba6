import { type ClosableList, openList } from '../../lib/access/open-list.ts';
import type { OnProgress, Progress } from '../../lib/model/answers/progress.ts';
import { tasksBelow } from '../../lib/model/answers/tree.ts';
import { buildChecklist } from '../../lib/model/checklist/build.ts';
import { gatherRunFacts } from '../../lib/model/checklist/run-facts.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { type LiveRun, renderLiveRun } from '../../lib/render/run/live.ts';
import type { LiveRemark } from '../../lib/render/run/live-remark.ts';
import { renderProgress, renderStopping } from '../../lib/render/run/progress-line.ts';
import { safeLine, safeOutput } from '../../lib/render/text/safe-text.ts';
import type { OutputStyle } from '../../lib/render/text/style.ts';
import { readTaskTree } from '../../lib/tracker/reads/tree.ts';
import { readVersion } from '../../lib/tracker/reads/version.ts';
import type { CommandIo } from '../terminal/io.ts';
import { openScreen } from '../terminal/screen.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The plan that is shown, as the command line names it. */
export interface ShownPlan {
  readonly task: string;
  readonly database: string | undefined;
}

export interface RunDisplay {
  readonly onProgress: OnProgress;
  /** The style of what is printed next: a terminal can have another size than at the start. */
  style(): OutputStyle;
  /** Says that the person has asked the run to stop. */
  stopping(): void;
  /** Leaves what was reached on the terminal. */
  stop(): Promise<void>;
}

/** Shows how a plan is run: on a terminal as a checklist that stays up to date, elsewhere in lines. */
export async function showRun(io: CommandIo, plan: ShownPlan): Promise<RunDisplay> {
  const terminal = await io.live?.();
  return terminal === undefined ? printRun(io, plan) : paintRun(terminal, io, plan);
}

function printRun({ progress: print, ...io }: CommandIo, { task }: ShownPlan): RunDisplay {
  const style = { ...io.style, width: undefined };
  return {
    style: () => io.style,
    onProgress: (progress) => print(renderProgress(progress, style, new Date().toISOString())),
    stopping: () => print(renderStopping(safeLine(task, 80))),
    stop: async () => {},
  };
}

/** Milliseconds between two looks at whether something has changed. */
const pauses = { sqlite: 1_000, mysql: 2_000 } as const;

function paintRun(terminal: Terminal, io: CommandIo, plan: ShownPlan): RunDisplay {
  const screen = openScreen(terminal, {
    takesKeys: false,
    rest: (left) => `+${left} more lines: docket checklist ${safeLine(plan.task, 80)}`,
  });
  const reader = makeReader(io, plan);
  let remark: LiveRemark = { kind: 'working' };
  let isOver = false;
  const following = follow();
  return {
    style: () =>
      io.style.width === undefined ? io.style : { ...io.style, width: terminal.columns },
    onProgress(progress) {
      if (progress.kind === 'waiting') remark = progress;
      else if (remark.kind === 'waiting') remark = { kind: 'working' };
      if (isPassing(progress)) {
        screen.print(renderProgress(progress, style(), new Date().toISOString()).split('\n'));
      }
      screen.wake();
    },
    stopping() {
      remark = { kind: 'stopping' };
      screen.wake();
    },
    async stop() {
      isOver = true;
      screen.wake();
      await following;
      const last = await reader.read().catch(() => reader.last());
      screen.close();
      await reader.close();
      if (last === undefined) return;
      for (const line of picture(last, { kind: 'ended' }, { isWhole: true })) io.progress(line);
      io.progress('');
    },
  };

  function style(): OutputStyle {
    return {
      // The screen keeps the last column free, and the last row for the cursor.
      width: terminal.columns - 1,
      height: terminal.rows - 1,
      colour: !io.env.NO_COLOR,
    };
  }

  function picture(
    last: LastReading,
    remark: LiveRemark,
    { isWhole = false }: { readonly isWhole?: boolean } = {},
  ): readonly string[] {
    const { reading, readAt } = last;
    const now = new Date(Date.parse(reading.checklist.at) + Date.now() - readAt).toISOString();
    const whole = isWhole ? { ...style(), height: undefined } : style();
    return renderLiveRun({ ...reading, now, remark }, whole).map((line) => safeOutput(line, whole));
  }

  async function follow(): Promise<void> {
    let away: Extract<LiveRemark, { kind: 'away' }> | undefined;
    while (!isOver) {
      try {
        await reader.read();
        away = undefined;
      } catch (error) {
        // Whatever keeps the list from being read, the run itself says what it comes to.
        const since = away?.since ?? new Date().toISOString();
        away = { kind: 'away', since, message: messageOf(error) };
        await reader.close();
      }
      const last = reader.last();
      if (last !== undefined && !isOver) {
        screen.show(picture(last, away ?? remark));
      }
      await screen.wait(reader.pause());
    }
  }
}

/** Whether what happened is not seen in the checklist afterwards, and is therefore said. */
function isPassing(progress: Progress): boolean {
  switch (progress.kind) {
    case 'started':
    case 'waiting':
      return false;
    case 'ended':
      return progress.next === 'rework' || progress.next === 'retry';
    default:
      return true;
  }
}

function messageOf(error: unknown): string {
  return error instanceof DocketError || error instanceof Error ? error.message : String(error);
}

/** A plan as it was read, and when by this machine's clock, in milliseconds since 1970. */
interface LastReading {
  readonly reading: Omit<LiveRun, 'now' | 'remark'>;
  readonly readAt: number;
}

/** Reads the plan over a connection of its own, when something has changed in the list. */
interface Reader {
  read(): Promise<LastReading>;
  last(): LastReading | undefined;
  /** Milliseconds to the next reading. */
  pause(): number;
  close(): Promise<void>;
}

function makeReader(io: CommandIo, { task, database }: ShownPlan): Reader {
  let list: ClosableList | undefined;
  let pause: number = pauses.sqlite;
  let last: LastReading | undefined;
  let version: string | undefined;

  async function close(): Promise<void> {
    const open = list;
    [list, version] = [undefined, undefined];
    await open?.close();
  }

  return {
    close,
    pause: () => pause,
    last: () => last,
    async read() {
      list ??= await openList({ ...io, progress: () => {}, database });
      pause = pauses[list.context?.database.kind ?? 'sqlite'];
      const newest = await readVersion(list.scope, { everywhere: false });
      if (last !== undefined && newest === version) return last;
      const { tree, ...read } = await readTaskTree(list.scope, task);
      const runFacts = gatherRunFacts(tree, read.runs);
      const checklist = buildChecklist(tree, { ...read, runFacts });
      const tasks = new Map([tree.task, ...tasksBelow(tree)].map((each) => [each.key, each]));
      last = { reading: { checklist, tasks, runs: read.runs }, readAt: Date.now() };
      version = newest;
      return last;
    },
  };
}
