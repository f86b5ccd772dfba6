import { doesNotMatch, equal, match } from 'node:assert/strict';
import type { E2eWorld } from '../contract.ts';
import { assertListed, readBlock } from '../list-block.ts';
import { runInSession } from '../results.ts';
import { twoSessions } from '../two-sessions.ts';

/** A closed task leaves the list with its outcome recorded; its follow-up takes its place. */
export async function closeWithFollowUp(world: E2eWorld): Promise<void> {
  const { person, project, writer, reader, keys } = await twoSessions(world, ['Wire the valve']);
  const [key = ''] = keys;
  await runInSession(writer, `docket claim ${key}`);
  await runInSession(
    writer,
    `docket close ${key} --outcome 'Wired and tested' --follow-up 'Paint the valve'`,
  );

  const { context } = await reader.prompt('what is left?');
  assertListed(context, 'Ready', 'Paint the valve');
  doesNotMatch(readBlock(context).lines.Ready.join(), new RegExp(key));
  const shown = await runInSession(reader, `docket show ${key}`);
  match(shown, /Wired and tested/);

  const { task } = await person.ask(project, ['show', key]);
  equal(task?.status, 'completed');
  const open = await person.ask(project, ['list']);
  const [followUp] = open.tasks;
  match(await person.docket(project, ['show', followUp?.key ?? '']), new RegExp(key));
}
