import { equal } from 'node:assert/strict';
import type { E2eWorld } from '../contract.ts';
import { assertListed, readBlock } from '../list-block.ts';
import { runInSession } from '../results.ts';
import { twoSessions } from '../two-sessions.ts';

/** What a model no longer has in its context it is told again, whole; then changes only, as before. */
export function freshContext(command: '/compact' | '/clear') {
  return async (world: E2eWorld): Promise<void> => {
    const titles = [1, 2, 3, 4, 5, 6].map((part) => `Part ${part} of the pump`);
    const { reader, writer, keys } = await twoSessions(world, titles);
    const [own = '', taken = '', later = ''] = keys;
    await runInSession(reader, `docket claim ${own}`);
    await reader.command(command);
    const told = await reader.prompt('where were we?');
    equal(readBlock(told.context).isWhole, true, `after ${command}`);
    assertListed(told.context, 'In progress', own, '(you, ');
    assertListed(told.context, 'Ready', later);

    await runInSession(writer, `docket claim ${taken}`);
    const next = await reader.prompt('and now?');
    equal(readBlock(next.context).isWhole, false);
    assertListed(next.context, 'In progress', 'Claimed by alice@example#', taken);
    await reader.end();
    await writer.end();
  };
}
