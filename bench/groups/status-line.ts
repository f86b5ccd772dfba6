import { equal } from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { keepStatusLine } from '../../lib/state/status-line.ts';
import { measurePairs, ratioOf } from '../measure/paired.ts';
import { type Group, runsOf } from './group.ts';

const session = 'status-line';
const line = 'web-k3f9 Rotate the signing key · 2 others · 3 ready';
const anHour = 3_600;

/** Measures the status line's script, which prints a line that was kept, against `sh -c :`. */
export const statusLine: Group = {
  name: 'status-line',
  async measure(machine, options) {
    const person = await machine.onSqlite(10_000);
    const readAt = Math.floor(Date.now() / 1_000);
    const kept = { readAt, dueAt: readAt + anHour, changes: '/dev/null', line };
    keepStatusLine(person.state, session, kept);
    const env = { ...person.env, CLAUDE_CODE_SESSION_ID: session };
    const command = { file: 'sh', cwd: person.project, env, input: '{}' };
    const script = join(dirname(dirname(person.command)), 'status-line');
    const pairs = await measurePairs(machine.stopwatch, {
      measured: () => ({ ...command, args: [script] }),
      reference: () => ({ ...command, args: ['-c', ':'] }),
      runs: runsOf(options),
      check: (stdout) => equal(stdout, `${line}\n`),
    });
    return [ratioOf({ name: 'status line', target: 4 }, pairs)];
  },
};
