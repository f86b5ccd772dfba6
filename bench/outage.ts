import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { tripBreaker } from '../lib/state/breaker.ts';
import { saveSnapshot } from '../lib/state/snapshot.ts';
import { readPromptList } from '../lib/tracker/prompt-list.ts';
import { freePort } from '../test/engines/free-port.ts';
import { type Group, runsOf } from './group.ts';
import { bareNode, promptCommand, requireOldList } from './hook-command.ts';
import { measurePairs, ratioOf } from './paired.ts';
import { databaseOf, makePerson, type Person, workspace } from './person.ts';
import type { World } from './world.ts';

/** The hook of a prompt while the server is away: found out, and known from the prompt before. */
export const outage: Group = {
  name: 'outage',
  async measure(world, options) {
    const [host, port] = ['127.0.0.1', await freePort()];
    const url = `mysql://${host}:${port}/tasks`;
    const person = makePerson(world.newHome('outage'), world.dist, {
      url,
      login: { kind: 'mysql', host, port, ...nobody },
    });
    await leaveSnapshot(world, person, url);
    const list = { database: url, workspace: workspace.id };
    const pairing = {
      subject: (run: number) => promptCommand(person, `outage-${run}`),
      reference: (run: number) => bareNode(promptCommand(person, `bare-${run}`)),
      runs: runsOf(options),
      check: requireOldList,
    };
    const refused = measurePairs({
      ...pairing,
      prepare: () => rmSync(join(person.state, 'breakers'), { recursive: true, force: true }),
    });
    const open = measurePairs({
      ...pairing,
      prepare: () => tripBreaker(person.state, list, { now: Date.now(), reason: 'refused' }),
    });
    return [
      ratioOf({ name: 'prompt hook, connection refused', target: 1.3 }, refused),
      ratioOf({ name: 'prompt hook, breaker open', target: 1.15 }, open),
    ];
  },
};

const nobody = { database: 'tasks', user: 'alice', password: 'secret', tls: 'off' } as const;

/** What the last prompt before the outage left. */
async function leaveSnapshot(world: World, { state }: Person, database: string): Promise<void> {
  const { env } = await world.onSqlite(10_000);
  const list = await readPromptList(
    { kind: 'sqlite', path: databaseOf(env.HOME) },
    { workspaceId: workspace.id, sessionId: 'before', open: { mode: 'read' } },
  );
  if (list === undefined) throw new Error('the seeded workspace is missing');
  const id = { database, workspace: workspace.id };
  saveSnapshot(state, id, { list, readAt: Date.now() - 600_000 });
}
