import { joinWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';

// One `docket init` of many: joins a repository's workspace in the database named on the command
// line, and says which one it got.
const [path = '', rootCommit = '', origin = ''] = process.argv.slice(2);
const store = await openStore({ kind: 'sqlite', path });
const answer = await joinWorkspace(store, {
  repository: { rootCommit, origin },
  name: 'web',
  createdBy: 'alice@one',
});
await store.close();
process.stdout.write(JSON.stringify(answer));
