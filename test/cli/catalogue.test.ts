import { expect, test } from 'vitest';
import { commands } from '../../cli/catalogue.ts';
import { type Command, isNoun } from '../../cli/command/command.ts';
import { catalogue } from '../../lib/operations/catalogue.ts';

async function everyCommand(): Promise<ReadonlyMap<string, Command>> {
  const found = new Map<string, Command>();
  for (const [name, load] of commands) {
    const { command } = await load();
    if (!isNoun(command)) found.set(name, command);
    else
      for (const verb of Object.keys(command.verbs)) {
        const one = command.verbs[verb];
        if (one !== undefined) found.set(`${name}.${verb}`, one);
      }
  }
  return found;
}

test('every command is one of the catalogue, by its name', async () => {
  const verbs = new Map(Object.entries(catalogue));
  for (const [name, { verb }] of await everyCommand()) {
    expect(verb.name).toBe(name);
    expect(await verbs.get(name)?.()).toBe(verb);
  }
});

test('everything in the catalogue has its own name, and is a command or a flag of one', async () => {
  const names = new Set((await everyCommand()).keys());
  for (const [name, load] of Object.entries(catalogue)) {
    expect((await load()).name).toBe(name);
  }
  // docket plan --agent, --template and --templates
  expect(Object.keys(catalogue).filter((name) => !names.has(name))).toEqual([
    'plan-with-agent',
    'plan-from-template',
    'plan-templates',
  ]);
});
