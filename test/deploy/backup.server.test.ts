import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BootstrapAnswer } from '../../lib/model/answers/set-up.ts';
import { type DeployedDolt, prepareDolt } from './dolt-server.ts';
import { person, rootPassword, urlOf } from './person.ts';
import { root } from './tools.ts';

/** The administrator and alice, whose users bootstrap has made, and the password for backups. */
async function peopleOf(dolt: DeployedDolt) {
  const admin = person(dolt, 'root', rootPassword(dolt));
  const flags = ['--user', 'alice', '--backups'];
  const made = await admin.json(BootstrapAnswer, 'server', 'bootstrap', urlOf(dolt), ...flags);
  const passwordOf = (name: string) =>
    made.users.find((user) => user.name === name)?.password ?? '';
  const alice = person(dolt, 'alice', passwordOf('alice'));
  await alice.text('trust', urlOf(dolt));
  return { admin, alice, backupPassword: passwordOf('docket_backup') };
}

/** Runs the script of the CronJob, with folders of the test in the place of a pod's. */
function runBackup(dolt: DeployedDolt, password: string) {
  const inside = (path: string) => join(dolt.folder, path);
  for (const path of ['job', 'job/home', 'backups']) mkdirSync(inside(path), { recursive: true });
  writeFileSync(inside('job/password'), password);
  writeFileSync(inside('job/ca.crt'), readFileSync(join(dolt.secrets, 'ca.crt')));
  let text = readFileSync(join(root, 'deploy/kubernetes/overlays/backup/backup'), 'utf8');
  for (const [from, to] of [
    ['/run/secrets/docket-backup', inside('job')],
    ['/var/backups/dolt', inside('backups')],
  ] as const) {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  }
  writeFileSync(inside('job/backup'), text);
  const place = { HOME: inside('job/home'), DOLT_HOST: '127.0.0.1', DOLT_PORT: String(dolt.port) };
  return spawnSync('sh', [inside('job/backup')], {
    encoding: 'utf8',
    env: { ...dolt.env, ...place },
  });
}

test('what the CronJob backs up over TLS comes back on a new server', async () => {
  const dolt = prepareDolt();
  await dolt.start();
  const { alice, backupPassword } = await peopleOf(dolt);
  const key = await alice.create('Survives');
  await alice.text('claim', key);
  const job = runBackup(dolt, backupPassword);
  expect(job.status, job.stdout + job.stderr).toBe(0);
  const [day = ''] = readdirSync(join(dolt.folder, 'backups'));
  expect(day).toMatch(/^docket-[1-7]$/);
  // Run again on the same day it brings what is new.
  await alice.text('note', key, 'halfway');
  expect(runBackup(dolt, backupPassword).status).toBe(0);
  const before = await alice.text('show', key);
  await dolt.halt('SIGKILL');

  const next = prepareDolt();
  await next.start();
  // The start script makes the database, which holds nothing yet.
  const admin = person(next, 'root', rootPassword(next));
  const from = `file://${join(dolt.folder, 'backups', day)}`;
  await admin.text('restore', from, '--database', urlOf(next));
  const people = await peopleOf(next);
  expect(await people.alice.text('show', key)).toBe(before);
  await people.alice.text('close', key, '--outcome', 'it did');
});

test('a CronJob with a wrong password, or without its server, fails and says why', async () => {
  const dolt = prepareDolt();
  await dolt.start();
  const { backupPassword } = await peopleOf(dolt);
  const wrong = runBackup(dolt, 'another');
  expect(wrong.status).not.toBe(0);
  expect(wrong.stdout + wrong.stderr).toContain('Access denied');
  await dolt.halt('SIGKILL');
  expect(runBackup(dolt, backupPassword).status).not.toBe(0);
  expect(readdirSync(join(dolt.folder, 'backups'))).toEqual([]);
});
