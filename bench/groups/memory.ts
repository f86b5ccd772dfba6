import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installationOf } from '../../lib/install/installation.ts';
import { withSpread } from '../measure/measurement.ts';
import { median, spreadOf } from '../measure/statistics.ts';
import { type Command, runWhole } from '../measure/whole-process.ts';
import { bareNode, promptCommand } from '../world/hook-command.ts';
import type { Group } from './group.ts';

// This is the kernel's own high-water mark of the program. `resourceUsage().maxRSS` and wait4 also
// count the process that it was forked from, which here is a large one.
const preload = `
process.on('exit', () => {
  const { readFileSync, writeFileSync } = require('node:fs');
  const [, peak] = /VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
  writeFileSync(process.env.DOCKET_BENCH_PEAKS + '/' + process.pid, peak);
});`;

/**
 * Measures the peak memory of the prompt hook above that of a bare Node.js. Linux only, as /proc
 * is.
 */
export const memory: Group = {
  name: 'memory',
  async measure(machine, { quick }) {
    const person = await machine.onSqlite(10_000);
    const program = join(installationOf(person.env).current, 'hooks/user-prompt-submit.cjs');
    const folder = mkdtempSync(join(machine.newHome('memory'), 'peaks-'));
    const file = `${folder}.cjs`;
    writeFileSync(file, preload);
    const peakOf = (command: Command): number => {
      const more = { NODE_OPTIONS: `--require=${file}`, DOCKET_BENCH_PEAKS: folder };
      runWhole({ ...command, env: { ...command.env, ...more } });
      const [name = ''] = readdirSync(folder);
      const kilobytes = Number(readFileSync(join(folder, name), 'utf8'));
      rmSync(join(folder, name));
      return kilobytes / 1024;
    };
    const pairs = Array.from({ length: quick ? 5 : 15 }, (_, run) => {
      const command = promptCommand(person, `memory-${run}`);
      // The launcher hands no NODE_OPTIONS on, so the program is started without it.
      const hook = { ...command, file: process.execPath, args: [program] };
      return { hook: peakOf(hook), bare: peakOf(bareNode(command)) };
    });
    const [hook, bare] = [median(pairs.map((pair) => pair.hook)), median(pairs.map((p) => p.bare))];
    return [
      {
        name: 'prompt hook, SQLite, peak memory above a bare Node.js',
        unit: 'MB',
        ...withSpread(spreadOf(pairs.map((pair) => pair.hook - pair.bare))),
        target: 20,
        detail: `${hook.toFixed(1)} MB against ${bare.toFixed(1)} MB, n = ${pairs.length}`,
      },
    ];
  },
};
