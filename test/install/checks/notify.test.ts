import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder } from '../../../lib/config/paths.ts';
import { resolveContext } from '../../../lib/config/resolve.ts';
import { snapshotIdOf } from '../../../lib/config/snapshot-id.ts';
import { checkNotify } from '../../../lib/install/checks/notify.ts';
import { notifyFolder } from '../../../lib/notify/telling.ts';
import { type CliHarness, openCliHarness, workspace } from '../../cli/cli-harness.ts';

/** Writes what is remembered of events that were given up for a target. */
function giveUp({ project, env }: CliHarness, text: string): string {
  const { database } = resolveContext(project, env);
  const folder = notifyFolder(dataFolder(env), snapshotIdOf({ database, workspace }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ops.dead.jsonl'), text);
  return folder;
}

function addTarget({ home }: CliHarness): void {
  const file = join(home, 'config/docket/notify.json');
  mkdirSync(dirname(file), { recursive: true });
  const targets = { ops: { url: 'https://hooks.example.com/docket', format: 'slack' } };
  writeFileSync(file, JSON.stringify({ targets }), { mode: 0o600 });
}

const checked = ({ project, env }: CliHarness) => checkNotify(resolveContext(project, env), env);

test('events that were given up are told, and nothing where there is no target or no such event', () => {
  const alice = openCliHarness();
  expect(checked(alice)).toEqual([]);
  addTarget(alice);
  expect(checked(alice)).toEqual([]);
  giveUp(alice, '{"id":"a"}\n{"id":"b"}\n');
  expect(checked(alice)).toEqual([
    {
      ...{ name: 'notify', status: 'warn', message: '2 events were given up for ops' },
      next: 'docket notify --dead; docket notify --dead --retry sends them again',
    },
  ]);
});

test('a file of such events that is broken is told', () => {
  const alice = openCliHarness();
  addTarget(alice);
  const folder = giveUp(alice, 'half of {');
  expect(checked(alice)).toMatchObject([
    { status: 'warn', message: `${folder}/ops.dead.jsonl is not as docket wrote it` },
  ]);
});
