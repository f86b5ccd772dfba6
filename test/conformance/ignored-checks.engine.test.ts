import { expect, test } from 'vitest';
import { inspectDatabase } from '../../lib/tracker/database/inspect.ts';
import { openUnmigrated } from '../../lib/tracker/database/open.ts';
import { useRequestedEngine } from '../engines/requested/use-requested.ts';
import { createEmptyDatabase } from './database/test-database.ts';

const used = useRequestedEngine();

test.runIf(used.name === 'tidb')(
  'a TiDB that ignores CHECK gets no tables, and doctor says what it needs',
  async (context) => {
    const { admin, drop } = await createEmptyDatabase(used.engine, 'docketchecks');
    context.onTestFinished(drop);
    const hold = async (value: 'ON' | 'OFF') => {
      const connection = await used.engine.server().connect();
      await connection.query(`SET GLOBAL tidb_enable_check_constraint = ${value}`);
      await connection.end();
    };
    context.onTestFinished(() => hold('ON'));
    const hint = expect.stringContaining('SET GLOBAL tidb_enable_check_constraint = ON');
    await hold('OFF');
    const store = await openUnmigrated(admin);
    context.onTestFinished(() => store.close());
    await expect(store.migrate()).rejects.toMatchObject({ code: 'unreachable', hint });
    expect(await inspectDatabase(admin, undefined)).toMatchObject({
      schema: 'none',
      writeError: { message: expect.stringContaining('ignores CHECK constraints'), hint },
    });
    await hold('ON');
    expect((await inspectDatabase(admin, undefined)).writeError).toBeUndefined();
    expect(await store.migrate()).not.toEqual([]);
  },
);
