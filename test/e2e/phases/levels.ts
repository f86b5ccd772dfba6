import { deepEqual, equal, match } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bash, delegate } from '../../claude/script.ts';
import { withOlderStart } from '../../settings/older-start.ts';
import type { E2eUser, E2eWorld, TurnRecord } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { assertListed } from '../list-block.ts';
import { makeProject } from '../project.ts';
import { succeeded } from '../results.ts';

const onlyUser = ['--setting-sources', 'user'];

/** The entries of the project and the person's own give one list, whichever Claude Code reads. */
export async function levels(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const file = join(project, '.claude', 'settings.json');
  const written = await readFile(file, 'utf8');

  await expectOneList(alice, project);
  await alice.docket(project, ['init', '--user']);
  for (let round = 0; round < 3; round += 1) await expectOneList(alice, project);
  await expectOneList(alice, project, onlyUser);
  await writeFile(file, JSON.stringify(withOlderStart()));
  await expectOneList(alice, project);
  // Claude Code drops the whole file for this.
  const permissions = { defaultMode: 'of nobody' };
  await writeFile(file, JSON.stringify({ ...JSON.parse(written), permissions }));
  await expectOneList(alice, project);
  await writeFile(file, '{}');
  await expectOneList(alice, project);
}

async function expectOneList(
  person: E2eUser,
  project: string,
  args: readonly string[] = [],
): Promise<void> {
  const session = person.session(project, { args });
  const first = await session.prompt('good morning');
  equal(first.context.match(/How this project tracks work/g)?.length, 1);
  // It tells the whole list, so that the first prompt has nothing to add.
  deepEqual(spoken(first), ['SessionStart']);
  for (const text of ['go on', 'go on', 'and now?']) {
    const key = await createTask(person, project, `Found before "${text}"`);
    const turn = await session.prompt(text);
    assertListed(turn.context, 'Ready', key);
    deepEqual(spoken(turn), ['UserPromptSubmit']);
    await person.docket(project, ['cancel', key]);
  }
  const key = await createTask(person, project, 'For the agent');
  const work = delegate(`Take ${key}`, [bash(`docket claim ${key}`)]);
  const turn = await session.prompt('delegate', [work]);
  match(turn.subagentResults.map(succeeded).join('\n'), new RegExp(`Claimed.*${key}`));
  const briefings = spoken(turn).filter((event) => event !== 'PreToolUse');
  deepEqual(briefings, ['UserPromptSubmit', 'SubagentStart']);
  await session.end();
}

/** The events that a hook said something at, once for each hook. */
function spoken({ hooks }: TurnRecord): readonly string[] {
  return hooks.filter(({ stdout }) => stdout !== '').map((each) => each.hook_event);
}
