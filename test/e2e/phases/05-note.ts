import { match } from 'node:assert/strict';
import type { E2eWorld } from '../contract.ts';
import { assertListed } from '../list-block.ts';
import { runInSession } from '../results.ts';
import { twoSessions } from '../two-sessions.ts';

/** Notes, short ones as an argument and long ones by heredoc; the last one is in the list. */
export async function note(world: E2eWorld): Promise<void> {
  const { writer, reader, keys } = await twoSessions(world, ['Wire the flux valve']);
  const [key = ''] = keys;
  await runInSession(writer, `docket claim ${key}`);
  const long = ['The valve leaks:', '- $5 of gaskets', "- it's `rust`"].join('\n');
  await runInSession(writer, `docket note ${key} <<'TEXT'\n${long}\nTEXT`);
  await runInSession(writer, `docket note ${key} 'Half of it is done'`);

  const { context } = await reader.prompt('how far are we?');
  assertListed(context, 'In progress', key, 'Half of it is done');
  const shown = await runInSession(reader, `docket show ${key}`);
  match(shown, /\$5 of gaskets/);
  match(shown, /it's `rust`/);
}
