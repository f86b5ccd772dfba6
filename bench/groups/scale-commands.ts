import { keyOf } from '../seed/seed-rows.ts';
import { groupOf } from './seed-group.ts';

/** A command line of docket, and what it reads from its standard input. */
export interface Line {
  readonly args: readonly string[];
  readonly input?: string;
}

/** A command to measure on a small list and on a large one. */
export interface ScaleCommand {
  readonly name: string;
  readonly line: (run: number) => Line;
  /** A command line that runs before each run, and is not measured. */
  readonly before?: (run: number) => Line;
}

const slug = 'web';

/** The number of a group that is done, and keys in it. */
const doneGroup = 2;
const container = keyOf(slug, doneGroup, { at: 0, ...seedTaskAt(doneGroup, 0) });
const single = keyOf(slug, doneGroup, { at: 7, ...seedTaskAt(doneGroup, 7) });

const report = JSON.stringify({ status: 'completed', outcome: 'it is mended' });

/** The commands that read more than one row, or write. */
export const scaleCommands: readonly ScaleCommand[] = [
  read('list'),
  read('list', '--all'),
  read('list', '--status', 'closed'),
  read('ready'),
  read('show', container),
  read('checklist', container),
  read('runs', container),
  read('log'),
  read('log', single),
  read('search', 'module', 'vendor', '--limit', '10'),
  read('recap'),
  read('stats'),
  read('stats', '--type', 'bugfix', '--weeks', '26'),
  read('stats', '--agent', 'Coding Agent'),
  read('client', 'list'),
  read('project', 'list'),
  read('infra', 'list'),
  read('insight', 'list'),
  read('insight', 'list', '--client', 'Client 2'),
  read('insight', 'list', '--task', single),
  read('work-item', 'list'),
  read('billing'),
  read('billing', '--client', 'Client 2'),
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

function read(...args: readonly string[]): ScaleCommand {
  return {
    name: args.map((word) => (word.startsWith('web-') ? 'KEY' : word)).join(' '),
    line: () => ({ args }),
  };
}

/**
 * Makes a command on a task that was claimed before; each of these commands has tasks of its own.
 */
function withClaim(name: string, set: number, line: (key: string) => Line): ScaleCommand {
  return {
    name: name.replace('claim and ', ''),
    before: (run) => ({ args: ['claim', readyKey(set, run)] }),
    line: (run) => line(readyKey(set, run)),
  };
}

/**
 * Gives the key of a task that is ready in a list of any size; each set has one of each open group.
 */
function readyKey(set: number, run: number): string {
  const group = 4 * (run % 25);
  const at = 6 + set;
  return keyOf(slug, group, { at, ...seedTaskAt(group, at) });
}

function seedTaskAt(group: number, at: number) {
  const task = groupOf(group)[at];
  if (task === undefined) throw new Error(`a group has no task ${at}`);
  return task;
}
