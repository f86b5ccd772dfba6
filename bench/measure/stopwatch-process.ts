import { createInterface } from 'node:readline';
import { runAtOnce } from '../world/run-at-once.ts';
import { type Command, runWhole } from './whole-process.ts';

/** A request to the stopwatch: one process, or several at the same moment. */
export type TimingRequest = { readonly one: Command } | { readonly atOnce: readonly Command[] };

/** The time it took and the output of each process; or the reason why there is none. */
export type TimingAnswer =
  | { readonly milliseconds: number; readonly outputs: readonly string[] }
  | { readonly failure: string };

// One line is one request or one answer. This is a process of its own, because the time to start a
// child grows with the memory of its parent: after a million tasks were seeded, by a half.
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await time(JSON.parse(line));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function time(request: TimingRequest): Promise<TimingAnswer> {
  try {
    if ('atOnce' in request) return await runAtOnce(request.atOnce);
    const { milliseconds, stdout } = runWhole(request.one);
    return { milliseconds, outputs: [stdout] };
  } catch (error) {
    return { failure: String(error) };
  }
}
