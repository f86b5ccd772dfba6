import { cpSync, readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeInParts } from '../../../../lib/filesystem/write-lines.ts';
import { BackupAnswer } from '../../../../lib/model/answers/backup.ts';
import { type CliHarness, openCliHarness } from '../../cli-harness.ts';

const minute = 60;
const day = 24 * 60 * minute;

/** An id that no process can have. */
const gone = 999_999_999;

/** Leaves behind what a backup of a database had begun, so many seconds ago, as a process of that id. */
function leaveDraft(backup: string, { id, ago }: { readonly id: number; readonly ago: number }) {
  writeInParts(backup).write('half');
  const left = `${backup}.${id}.part`;
  if (id !== process.pid) renameSync(`${backup}.${process.pid}.part`, left);
  const then = Date.now() / 1_000 - ago;
  utimesSync(left, then, then);
  return left;
}

async function backedUp(): Promise<{ readonly harness: CliHarness; readonly folder: string }> {
  const harness = openCliHarness();
  await harness.create('First');
  return { harness, folder: join(harness.home, 'backups') };
}

test('what a killed backup has left is removed by the next one, and told', async () => {
  const { harness, folder } = await backedUp();
  const { to } = await harness.json(BackupAnswer, 'backup', folder);
  const dead = leaveDraft(to.replace(/\d{3}Z/, '001Z'), { id: gone, ago: 20 * minute });
  const ancient = leaveDraft(to.replace(/\d{3}Z/, '002Z'), { id: process.pid, ago: 2 * day });
  const dump = to.replace(/\d{3}Z\.db/, '003Z.jsonl');
  const other = leaveDraft(dump, { id: gone, ago: 20 * minute });
  const journal = `${dead}-journal`;
  cpSync(dead, journal, { preserveTimestamps: true });
  const names = [dead, journal, ancient, other].map((path) => path.slice(folder.length + 1));
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(names));
  const text = await harness.text('backup', folder);
  expect(text).toContain('Removed, as backups that were killed had left it:');
  for (const name of names) expect(text).toContain(`  - ${name}`);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(await harness.json(BackupAnswer, 'backup', folder)).toMatchObject({ drafts: [] });
});

test('what another backup may be writing, or somebody else has named, stays', async () => {
  const { harness, folder } = await backedUp();
  const { to } = await harness.json(BackupAnswer, 'backup', folder);
  const at = (digits: string) => to.replace(/\d{3}Z/, `${digits}Z`);
  const others = [
    // Under way, on this machine or on another one.
    leaveDraft(at('001'), { id: process.pid, ago: 20 * minute }),
    leaveDraft(at('002'), { id: gone, ago: minute }),
    // Of another database, and of nobody that docket knows.
    leaveDraft(at('003').replace('docket-backup-docket', 'docket-backup-shop'), {
      ...{ id: gone, ago: 2 * day },
    }),
    leaveDraft(join(folder, 'mine'), { id: gone, ago: 2 * day }),
  ];
  writeFileSync(join(folder, 'notes.part'), '');
  utimesSync(join(folder, 'notes.part'), 0, 0);
  const before = readdirSync(folder);
  expect(await harness.json(BackupAnswer, 'backup', folder)).toMatchObject({ drafts: [] });
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(before));
  expect(others).toHaveLength(4);
});
