import { ok } from 'node:assert/strict';
import type { Measurement } from '../measure/measurement.ts';
import { measurePairs, ratioOf } from '../measure/paired.ts';
import type { Command } from '../measure/whole-process.ts';
import { bareNode } from '../world/hook-command.ts';
import { type Group, runsOf } from './group.ts';

/** The rows of a terminal that is not small; in a pipe a list is a thousand. */
const screenful = '50';

/** Measures the two commands that are run most, as the shell finds them on PATH. */
export const cli: Group = {
  name: 'cli',
  async measure(machine, options) {
    const person = await machine.onSqlite(10_000);
    const command = (verb: string): Command => ({
      file: person.command,
      args: [verb, '--limit', screenful],
      cwd: person.project,
      env: person.env,
      input: '',
      mayHint: true,
    });
    const measurements: Measurement[] = [];
    for (const verb of ['list', 'ready']) {
      const pairs = await measurePairs(machine.stopwatch, {
        measured: () => command(verb),
        reference: () => bareNode(command(verb)),
        runs: runsOf(options),
        check: (stdout) => ok(stdout.includes('web-'), `no tasks: ${stdout}`),
      });
      const name = `docket ${verb}, SQLite, 10,000 tasks`;
      measurements.push(ratioOf({ name, target: 1.6 }, pairs));
    }
    return measurements;
  },
};
