import { doesNotMatch, equal, match } from 'node:assert/strict';
import type { E2eWorld } from '../contract.ts';
import { createTask } from '../e2e-user.ts';
import { assertListed, readBlock } from '../list-block.ts';
import { makeProject } from '../project.ts';
import { runInSession } from '../results.ts';

/** The whole list at a start, then what others change, once. */
export async function changesOnly(world: E2eWorld): Promise<void> {
  const alice = await world.person('alice');
  const project = await makeProject(alice, 'web');
  const keys: string[] = [];
  for (let part = 1; part <= 10; part += 1) {
    keys.push(await createTask(alice, project, `Part ${part} of the pump`));
  }
  const [done = '', own = '', taken = ''] = keys;
  const [reader, writer] = [alice.session(project), alice.session(project)];
  const first = await reader.prompt('good morning');
  equal(readBlock(first.context).isWhole, true);
  for (const key of keys) assertListed(first.context, 'Ready', key);
  // SessionStart told it all: the prompt itself need say nothing.
  doesNotMatch(first.context, /no changes/);

  await runInSession(writer, `docket claim ${done}`);
  await runInSession(writer, `docket close ${done} --outcome 'The seal was worn'`);
  await runInSession(writer, `docket claim ${taken}`);
  const second = await reader.prompt('what is new?', []);
  const { isWhole, text } = readBlock(second.context);
  equal(isWhole, false, text);
  assertListed(second.context, 'Done', 'Done by alice@example#', done, ': The seal was worn');
  assertListed(second.context, 'In progress', 'Claimed by alice@example#', taken);
  equal(text.split('\n- ').length, 3, `more than what changed:\n${text}`);
  match(text, /\nNow: 1 in progress, 0 blocked, 8 ready, 0 waiting\.\n/);

  await runInSession(reader, `docket claim ${own}`);
  const quiet = await reader.prompt('and now?');
  match(quiet.context, /docket: no changes by others \(2 in progress, 7 ready\)/);
  doesNotMatch(quiet.context, /<docket/);
  await reader.end();
}
