import { doesNotMatch, match } from 'node:assert/strict';
import type { E2eWorld } from '../contract.ts';
import { assertListed } from '../list-block.ts';
import { runInSession } from '../results.ts';
import { twoSessions } from '../two-sessions.ts';

/** A claim shows the holder "you", the other session who it is, and that a holder has gone. */
export async function claim(world: E2eWorld): Promise<void> {
  const { writer, reader, keys } = await twoSessions(world, ['Wire the flux valve']);
  const [key = ''] = keys;
  await runInSession(writer, `docket claim ${key}`);

  const theirs = await reader.prompt('who does what?');
  assertListed(theirs.context, 'In progress', key, 'alice@example#');
  doesNotMatch(theirs.context, /Abandoned/);
  // Its own claim is no news to a session; the next list says whose it is.
  const own = await writer.prompt('who does what?');
  match(own.context, /no changes by others \(1 in progress/);

  await writer.end();
  const left = await reader.prompt('are they still at it?');
  assertListed(left.context, 'Abandoned', key, 'alice@example#', 'session ended', '--steal');
}
