import { expect, test } from 'vitest';
import { isWithoutUsers } from '../../engines/requested/engines.ts';
import type { TestLists } from '../test-lists.ts';
import { isServer } from './test-database.ts';

/** Every other test of the suite works as the everyday user; this one shows that it is one. */
export function rightsSuite(lists: TestLists): void {
  test.skipIf(isWithoutUsers())(
    'the user of these tests may not change the schema of a server',
    async () => {
      const { db } = lists.store();
      const create = db.run('CREATE TABLE more (n INT)').then(
        () => 'allowed',
        (error: { code: string }) => error.code,
      );
      if (isServer(lists.engine)) expect(await create).not.toBe('allowed');
      else expect(await create).toBe('allowed');
    },
  );
}
