import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '../../lib/config/paths.ts';

/** What a hook's process says of its own time when it ends. */
export interface OwnTime {
  /**
   * Ticks of 10 ms, as the deadline counts them (`withDeadline`), from the process's first line to
   * its end. A machine that is busy with other processes makes them longer, and not more.
   */
  readonly ticks: number;
  /** Milliseconds by the clock, from the start of the process. */
  readonly uptime: number;
  /** Milliseconds of processor time. */
  readonly processor: number;
}

export interface OwnClock {
  /** What hooks need in their environment to keep the clock. */
  readonly env: Env;
  /** What the hooks have said, in the order in which they ended. */
  read(): readonly OwnTime[];
}

/** A clock that each hook which is started with its environment keeps of itself, in a folder. */
export function makeOwnClock(folder: string): OwnClock {
  const file = join(folder, 'own-clock.jsonl');
  const script = join(folder, 'own-clock.cjs');
  writeFileSync(script, keepClock(file));
  return {
    env: { NODE_OPTIONS: `--require=${script}` },
    read: () =>
      existsSync(file)
        ? readFileSync(file, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
  };
}

function keepClock(file: string): string {
  return `
    const { appendFileSync } = require('node:fs');
    let ticks = 0;
    const tick = () => setTimeout(() => setImmediate(count), 10).unref();
    const count = () => {
      ticks += 1;
      tick();
    };
    tick();
    process.on('exit', () => {
      const { user, system } = process.cpuUsage();
      const uptime = Math.round(process.uptime() * 1000);
      const processor = Math.round((user + system) / 1000);
      appendFileSync(${JSON.stringify(file)}, JSON.stringify({ ticks, uptime, processor }) + '\\n');
    });
  `;
}
