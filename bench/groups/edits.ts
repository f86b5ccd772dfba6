import { deepEqual, equal } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { markEditor, takeEdits } from '../../lib/state/edits.ts';
import { heartbeatFile } from '../../lib/state/heartbeat.ts';
import { measurePairs, ratioOf } from '../measure/paired.ts';
import { bareNode, hookCommand } from '../world/hook-command.ts';
import { type Group, runsOf } from './group.ts';

const session = 'edits';

/** So many edits are noted between two heartbeats. */
const noted = 20;

/**
 * Measures what an edit costs: the hook that notes it, against `sh -c :`, and the heartbeat that
 * writes what was noted, once a minute, against a bare Node.js. Both run beside the turn.
 */
export const edits: Group = {
  name: 'edits',
  async measure(machine, options) {
    const person = await machine.onSqlite(10_000);
    const { state, project } = person;
    markEditor(state, session);
    const text = 'const answer = 42;\n'.repeat(500);
    const event = (path: string) => ({
      hook_event_name: 'PostToolUse',
      tool_name: 'Edit',
      tool_input: { file_path: `${project}/${path}`, old_string: 'x', new_string: 'y' },
      tool_response: { filePath: path, originalFile: text },
    });
    const note = hookCommand(person, 'file-edit', { session, input: event('src/a.ts') });
    const noting = await measurePairs(machine.stopwatch, {
      measured: () => note,
      reference: () => ({ ...note, args: ['-c', ':'] }),
      runs: runsOf(options),
      check: (stdout) => equal(stdout, ''),
    });
    const line = takeEdits(state, session)?.lines[0] ?? '';
    deepEqual(JSON.parse(line).tool_input, { file_path: `${project}/src/a.ts` });

    const beat = hookCommand(person, 'heartbeat', { session, input: event('src/a.ts') });
    const writing = await measurePairs(machine.stopwatch, {
      prepare: () => {
        heartbeatFile(state, session).unmark();
        mkdirSync(`${state}/edits`, { recursive: true });
        const lines = Array.from({ length: noted }, (_, at) => line.replace('/a.ts', `/${at}.ts`));
        writeFileSync(`${state}/edits/${session}`, `${lines.join('\n')}\n`);
      },
      measured: () => beat,
      reference: () => bareNode(beat),
      runs: runsOf(options),
      check: (stdout) => {
        equal(stdout, '');
        equal(takeEdits(state, session), undefined);
      },
    });
    return [
      ratioOf({ name: 'an edit, noted, against sh', target: 6 }, noting),
      ratioOf({ name: `heartbeat that writes ${noted} edits`, target: 2 }, writing),
    ];
  },
};
