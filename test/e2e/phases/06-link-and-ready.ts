import { doesNotMatch, match } from 'node:assert/strict';
import type { E2eWorld } from '../contract.ts';
import { assertListed, readBlock } from '../list-block.ts';
import { runInSession } from '../results.ts';
import { twoSessions } from '../two-sessions.ts';

/** A task that needs another waits until that one is done, and then is ready. */
export async function linkAndReady(world: E2eWorld): Promise<void> {
  const { writer, reader, keys } = await twoSessions(world, ['Wire the valve', 'Paint the valve']);
  const [wire = '', paint = ''] = keys;
  await runInSession(writer, `docket link ${paint} ${wire}`);

  const linked = await reader.prompt('what can be done?');
  doesNotMatch(readBlock(linked.context).lines.Ready.join(), new RegExp(paint));
  match(linked.context, /Waits again: |Waiting: 1/);
  const ready = await runInSession(reader, 'docket ready');
  match(ready, new RegExp(wire));
  doesNotMatch(ready, new RegExp(paint));

  await runInSession(writer, `docket close ${wire} --outcome 'Wired'`);
  const closed = await reader.prompt('and now?');
  assertListed(closed.context, 'Ready', paint);
}
