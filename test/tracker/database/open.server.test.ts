import { describe, expect, test } from 'vitest';
import type { Connection } from '../../../lib/model/connection.ts';
import { openStore, openStoreOf } from '../../../lib/tracker/database/open.ts';
import { serverEngines } from '../../engines/engines.ts';
import { emptyPlace, migratedPlace, type Place } from '../../store/mysql/open-store.ts';
import { tapWire } from '../../store/mysql/wire-tap.ts';

describe.each(serverEngines)('opening a list on $name', (engine) => {
  test('takes one flight, and tells whether the workspace is there', async (context) => {
    const place = await migratedPlace(engine, context);
    const tap = await tapWire(place.target.port, context);
    for (const id of ['w', 'x']) {
      const { store, hasWorkspace } = await openStoreOf(connectionOf(place, tap.port), id);
      await store.close();
      expect(hasWorkspace).toBe(id === 'w');
      expect(tap.takeTexts()).toHaveLength(1);
    }
  });

  test('an empty database is not there yet, as both ways of opening say', async (context) => {
    const connection = connectionOf(await emptyPlace(engine, context));
    for (const attempt of [openStore(connection), openStoreOf(connection, 'w')]) {
      await expect(attempt).rejects.toMatchObject({ code: 'migration_due' });
    }
  });
});

function connectionOf({ target }: Place, port = target.port): Connection {
  return { kind: 'mysql', ...target, port };
}
