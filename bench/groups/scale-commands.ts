import { keyOf } from '../seed/seed-rows.ts';
import { groupOf } from './seed-group.ts';

/** A command line of docket, and what it reads from its standard input. */
export interface Line {
  readonly args: readonly string[];
  readonly input?: string;
}

/** What is measured on a small list and on a large one. */
export interface ScaleCommand {
  readonly name: string;
  readonly line: (run: number) => Line;
  /** Done before all runs, and not measured. */
  readonly before?: (run: number) => Line;
}

const slug = 'web';

/** A group that is done, and a container of it. */
const doneGroup = 2;
const container = keyOf(slug, doneGroup, { at: 0, ...placeOf(doneGroup, 0) });
const single = keyOf(slug, doneGroup, { at: 7, ...placeOf(doneGroup, 7) });

const report = JSON.stringify({ status: 'completed', outcome: 'it is mended' });

/** Everything that looks at more than one row, or writes. */
export const scaleCommands: readonly ScaleCommand[] = [
  look('list'),
  look('list', '--all'),
  look('list', '--status', 'closed'),
  look('ready'),
  look('show', container),
  look('checklist', container),
  look('runs', container),
  look('log'),
  look('log', single),
  look('search', 'module', 'vendor', '--limit', '10'),
  look('recap'),
  look('stats'),
  look('stats', '--type', 'bugfix', '--weeks', '26'),
  look('stats', '--agent', 'Coding Agent'),
  look('client', 'list'),
  look('project', 'list'),
  look('infra', 'list'),
  look('insight', 'list'),
  look('insight', 'list', '--client', 'Client 2'),
  look('insight', 'list', '--task', single),
  look('work-item', 'list'),
  look('billing'),
  look('billing', '--client', 'Client 2'),
  { name: 'create', line: (run) => ({ args: ['create', `New ${run}`, '--type', 'bugfix'] }) },
  {
    name: 'plan',
    line: (run) => ({
      args: ['plan'],
      input: `# Plan ${run}\n- [ ] one\n- [ ] two\n- [ ] three\n`,
    }),
  },
  { name: 'note', line: (run) => ({ args: ['note', single, `Run ${run}`] }) },
  { name: 'claim --next', line: () => ({ args: ['claim', '--next'] }) },
  withClaim('claim and close', 0, (key) => ({ args: ['close', key, '--outcome', 'done'] })),
  withClaim('report', 1, (key) => ({ args: ['report', key], input: report })),
  withClaim('block', 2, (key) => ({ args: ['block', key, 'the vendor'] })),
];

function look(...args: readonly string[]): ScaleCommand {
  return {
    name: args.map((word) => (word.startsWith('web-') ? 'KEY' : word)).join(' '),
    line: () => ({ args }),
  };
}

/** A command on a task that was claimed before; each of these commands has tasks of its own. */
function withClaim(name: string, set: number, line: (key: string) => Line): ScaleCommand {
  return {
    name: name.replace('claim and ', ''),
    before: (run) => ({ args: ['claim', readyKey(set, run)] }),
    line: (run) => line(readyKey(set, run)),
  };
}

/** Tasks that are ready in a list of any size; each set has one of each open group. */
function readyKey(set: number, run: number): string {
  const group = 4 * (run % 25);
  const at = 6 + set;
  return keyOf(slug, group, { at, ...placeOf(group, at) });
}

function placeOf(group: number, at: number) {
  const place = groupOf(group)[at];
  if (place === undefined) throw new Error(`a group has no task ${at}`);
  return place;
}
