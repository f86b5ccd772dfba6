import { expect, test } from 'vitest';
import type { RunningServer } from '../running-server.ts';
import { useRequestedEngine } from './use-requested.ts';

const used = useRequestedEngine();

test('a member that was killed comes back with what was written without it', async () => {
  const { members } = used.servers();
  expect(members.length).toBeGreaterThan(2);
  const [first, killed] = members;
  await first.createDatabase('members');
  await ask(first, 'CREATE TABLE members.words (word VARCHAR(9) PRIMARY KEY)');
  await ask(first, "INSERT INTO members.words VALUES ('before')");
  await killed?.halt('SIGKILL');
  await ask(first, "INSERT INTO members.words VALUES ('without')");
  await killed?.resume();
  for (const member of members) {
    await expect
      .poll(() => ask(member, 'SELECT word FROM members.words ORDER BY word'), { timeout: 60_000 })
      .toEqual([{ word: 'before' }, { word: 'without' }]);
  }
});

async function ask(member: RunningServer, sql: string): Promise<unknown> {
  const connection = await member.connect();
  try {
    const [rows] = await connection.query(sql);
    return rows;
  } finally {
    await connection.end();
  }
}
