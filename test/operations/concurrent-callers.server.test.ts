import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseConnection } from '../../lib/config/parse-connection.ts';
import { openDocket } from '../../lib/operations/open-docket.ts';
import { migrateDatabase } from '../../lib/tracker/database/migrate.ts';
import { freshDatabase } from '../engines/database.ts';
import { serverEngines } from '../engines/engines.ts';

describe.each(serverEngines)('$name', (engine) => {
  test('callers of one docket and of another may work on a list at the same time', async (context) => {
    const { url } = await freshDatabase(engine, context);
    const { username } = new URL(url);
    const connection = parseConnection(url, { user: username });
    await migrateDatabase(connection);
    const workspace = { id: randomUUID(), slug: 'web' };
    const open = (actor: string) => openDocket({ connection, workspace, worker: { actor } });
    const dockets = await Promise.all([open('alice@one'), open('bob@two')]);
    for (const docket of dockets) context.onTestFinished(() => docket.close());
    const titles = Array.from({ length: 12 }, (_, index) => `Task ${index}`);
    const made = await Promise.all(
      titles.map((title, index) => dockets[index % 2]?.call('create', { title })),
    );
    const claims = await Promise.allSettled(
      made.flatMap((answer) =>
        dockets.map((docket) => docket.call('claim', { task: answer?.task.key ?? '' })),
      ),
    );
    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(titles.length);
    const refusals = claims.flatMap((claim) => (claim.status === 'rejected' ? [claim.reason] : []));
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['already_claimed']));
    const verbs: string[] = [];
    for await (const { verb } of dockets[0].events({ since: 0 })) {
      verbs.push(verb);
      if (verbs.length === 2 * titles.length) break;
    }
    expect(verbs.sort()).toEqual([...titles.map(() => 'claimed'), ...titles.map(() => 'created')]);
  });
});
