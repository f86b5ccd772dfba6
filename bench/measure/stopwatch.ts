import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TimingAnswer, TimingRequest } from './stopwatch-process.ts';
import type { Command } from './whole-process.ts';

export interface Timing {
  readonly milliseconds: number;
  readonly outputs: readonly string[];
}

/** Times processes from a small process that does nothing else. */
export interface Stopwatch {
  one(command: Command): Promise<Timing>;
  /** Times commands that start at once, until the last is done. */
  atOnce(commands: readonly Command[]): Promise<Timing>;
  stop(): void;
}

/** Starts a bundle of stopwatch-process.ts. */
export function startStopwatch(file: string): Stopwatch {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function ask(request: TimingRequest): Promise<Timing> {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error('the stopwatch ended');
    const answer: TimingAnswer = JSON.parse(line.value);
    if ('failure' in answer) throw new Error(answer.failure);
    return answer;
  }

  return {
    one: (command) => ask({ one: command }),
    atOnce: (commands) => ask({ atOnce: commands }),
    stop: () => child.stdin.end(),
  };
}
