import { openStore } from '../../lib/tracker/database/open.ts';
import type { Scope } from '../../lib/tracker/scope.ts';
import { blockTask } from '../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../lib/tracker/tasks/close.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../lib/tracker/tasks/create-plan.ts';
import { addNote } from '../../lib/tracker/tasks/note.ts';
import type { Measurement } from '../measure/measurement.ts';
import { runWhole } from '../measure/whole-process.ts';
import { prepareDatabase } from '../seed/seed.ts';
import type { BenchMachine } from '../world/bench-machine.ts';
import { contextOf, promptCommand } from '../world/hook-command.ts';
import {
  databaseOf,
  type InstalledUser,
  makeInstalledUser,
  workspace,
} from '../world/installed-user.ts';
import type { Group } from './group.ts';

/** Measures what a model is told, in characters, as it leaves the hook of a prompt. */
export const told: Group = {
  name: 'told',
  async measure(machine) {
    const measurements: Measurement[] = [await measureSession(machine)];
    for (const tasks of [5, 30, 200]) {
      const { person } = await makeList(machine, tasks);
      const value = tellPrompt(person, 'whole')().length;
      const name = `the whole list of ${tasks} tasks`;
      measurements.push({ name, unit: 'characters', value, target: 4_000, detail: 'at a start' });
    }
    return measurements;
  },
};

const prompts = 50;

/** A session's prompts among which others change ten things, against as many whole lists. */
async function measureSession(machine: BenchMachine): Promise<Measurement> {
  const { person, work } = await makeList(machine, 20);
  const tell = tellPrompt(person, 'session');
  const lengths: number[] = [];
  const wholes: number[] = [];
  for (let prompt = 0; prompt < prompts; prompt += 1) {
    // The first one is the whole list, as at a session's start.
    if (prompt % 5 === 2) await work(changes[(prompt - 2) / 5] ?? nothing);
    lengths.push(tell().length);
    wholes.push(tellPrompt(person, `whole-${prompt}`)().length);
  }
  const [all, whole] = [sum(lengths), sum(wholes)];
  return {
    name: `${prompts} prompts, 20 tasks, 10 changes by others, against whole lists`,
    ...{ unit: 'x', value: all / whole, target: 0.15 },
    detail: `${all} characters against ${whole}`,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Gives a conversation's prompts, one each time it is called. */
function tellPrompt(person: InstalledUser, session: string): () => string {
  const command = promptCommand(person, session);
  return () => contextOf(runWhole(command).stdout);
}

type Work = (list: Scope, keys: readonly string[]) => Promise<unknown>;

const nothing: Work = async () => undefined;
const outcome = 'The importer retries three times, and says which row it gave up on; tests added';

/** What another session does, one thing at a time. */
const changes: readonly Work[] = [
  (list, [key = '']) => claimTask(list, key),
  (list, [key = '']) => addNote(list, key, 'It fails on the second of two equal rows'),
  (list, [key = '']) => closeTask(list, key, { outcome }),
  (list, [, key = '']) => claimTask(list, key),
  (list, [, , key = '']) => blockTask(list, key, { reason: "waits for the vendor's key" }),
  (list) => createTask(list, { title: 'Say in the log which row was given up', priority: 1 }),
  (list, [, key = '']) => addNote(list, key, 'The first half is done'),
  (list, [, key = '']) => closeTask(list, key, { outcome }),
  (list, [, , , key = '']) => claimTask(list, key),
  (list, [, , , key = '']) => closeTask(list, key, { outcome }),
];

/** Makes a person with a list of so many tasks, a quarter of them steps of plans. */
async function makeList(machine: BenchMachine, tasks: number) {
  const home = machine.newHome(`told-${tasks}`);
  const person = makeInstalledUser(home, machine.dist);
  const connection = { kind: 'sqlite', path: databaseOf(home) } as const;
  await prepareDatabase(connection, workspace);
  const keys: string[] = [];
  const work = async (each: Work) => {
    const store = await openStore(connection);
    const worker = { session: 'f463-another', agent: 'main', actor: 'bob@two' };
    const probe = { scope: null, isAlive: () => false };
    try {
      return await each({ store, workspaceId: workspace.id, worker, probe }, keys);
    } finally {
      await store.close();
    }
  };
  await work(async (list) => {
    for (let made = 0; made < tasks; made += 1) {
      if (made % 8 === 3) await createPlan(list, plan);
      if (made % 8 === 3 || made % 8 === 4) continue;
      const title = `Mend the import of invoices, part ${made + 1}`;
      keys.push((await createTask(list, { title })).task.key);
    }
  });
  return { person, work };
}

const plan = {
  title: 'API authentication',
  subtasks: [{ title: 'Design the tokens' }, { title: 'Write the middleware' }],
};
