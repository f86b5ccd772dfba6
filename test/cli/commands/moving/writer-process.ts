import { docketOn } from '../../../../lib/operations/open-docket.ts';
import { openStore } from '../../../../lib/tracker/database/open.ts';

// Creates tasks until it is ended, and prints the title of each that was acknowledged.
const [path = '', workspaceId = '', name = ''] = process.argv.slice(2);
const store = await openStore({ kind: 'sqlite', path });
const docket = docketOn({
  store,
  workspaceId,
  worker: { session: `${name}-session`, agent: 'main', actor: `${name}@one` },
  probe: { scope: null, isAlive: () => false },
});
for (let number = 0; ; number += 1) {
  await docket.call('create', { title: `${name} ${number}` });
  process.stdout.write(`${name} ${number}\n`);
}
