import { expect, test } from 'vitest';
import type { Bench } from '../test-list.ts';
import { isServer } from './test-database.ts';

/** Every other test of the suite works as the everyday user; this one shows that it is one. */
export function rightsSuite(bench: Bench): void {
  test('the user of these tests may not change the schema of a server', async () => {
    const { db } = bench.store();
    const create = db.run('CREATE TABLE more (n INT)').then(
      () => 'allowed',
      (error: { code: string }) => error.code,
    );
    if (isServer(bench.engine)) expect(await create).not.toBe('allowed');
    else expect(await create).toBe('allowed');
  });
}
