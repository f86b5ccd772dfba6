import type { OnProgress, Progress } from '../../lib/model/answers/progress.ts';
import { renderProgress } from '../../lib/render/run/progress-line.ts';
import { safeLine } from '../../lib/render/text/safe-text.ts';
import type { CommandIo } from './io.ts';
import type { LiveLine } from './live-lines.ts';

/** Milliseconds between two paintings of the agents at work. */
const paintEvery = 1_000;

export interface RunDisplay {
  readonly onProgress: OnProgress;
  /** Prints a line beside the progress. */
  print(line: string): void;
  stop(): void;
}

/** Shows progress: on a terminal with the agents at work below it, elsewhere line by line. */
export function showRun(io: CommandIo): RunDisplay {
  const live = io.live?.();
  const atWork = new Map<string, Work>();
  const paint = () => live?.show([...atWork.values()].map(workLine));
  const timer = live === undefined ? undefined : setInterval(paint, paintEvery);
  const print = (line: string) => (live === undefined ? io.progress(line) : live.print(line));
  return {
    onProgress(progress) {
      follow(atWork, progress);
      if (live === undefined || progress.kind !== 'started') {
        print(renderProgress(progress, io.style, new Date().toISOString()));
      }
      paint();
    },
    print,
    stop() {
      clearInterval(timer);
      live?.show([]);
    },
  };
}

interface Work {
  readonly line: string;
  readonly agent: string;
  readonly since: number;
}

function follow(atWork: Map<string, Work>, progress: Progress): void {
  if (progress.kind === 'started') {
    const { key, title, agent } = progress;
    const line = `[→] ${safeLine(key, 80)} ${safeLine(title, 60)}`;
    atWork.set(key, { line, agent: safeLine(agent, 24), since: Date.now() });
  }
  if (progress.kind === 'ended' || progress.kind === 'dropped') atWork.delete(progress.key);
}

function workLine({ line, agent, since }: Work): LiveLine {
  const seconds = Math.floor((Date.now() - since) / 1_000);
  const time = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return { text: line, end: `  ${agent}  ${time}` };
}
