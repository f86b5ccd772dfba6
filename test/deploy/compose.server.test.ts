import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { BootstrapAnswer } from '../../lib/model/answers/set-up.ts';
import { freePort } from '../engines/free-port.ts';
import { person, rootPassword, urlOf } from './person.ts';
import { type Podman, requirePodman } from './podman.ts';
import { requireTool, root, runTool } from './tools.ts';

const service = parse(readFileSync(join(root, 'deploy/compose/compose.yaml'), 'utf8')).services
  .dolt;

/** Nobody of this machine: the server is root neither outside nor inside. */
const stranger = 12_345;

/** Waits until the container's own check finds it well, for as long as a test may take. */
async function healthy({ env }: Podman, container: string): Promise<void> {
  while (spawnSync('podman', ['healthcheck', 'run', container], { env }).status !== 0) {
    await wait(200);
  }
}

test('compose brings a server up that is harmless, down, and up again with what it had', async (context) => {
  const compose = requireTool('podman-compose', context);
  const podman = requirePodman(service.image, context);
  const { folder } = podman;
  cpSync(join(root, 'deploy'), join(folder, 'deploy'), { recursive: true });
  const here = join(folder, 'deploy/compose');
  const secrets = join(here, 'secrets');
  runTool(join(folder, 'deploy/make-secrets'), [secrets, '127.0.0.1']);
  mkdirSync(join(here, 'data'));
  const port = await freePort();
  const user = process.getuid?.() === 0 ? stranger : (process.getuid?.() ?? 0);
  if (user === stranger) {
    // The page's `id -u` is that of whoever owns both.
    const files = readdirSync(secrets).map((name) => join(secrets, name));
    for (const path of [join(here, 'data'), secrets, ...files]) chownSync(path, user, user);
    chmodSync(folder, 0o711);
  }
  const settings = [`DOCKET_UID=${user}`, `DOCKET_GID=${user}`, `DOCKET_PORT=${port}`];
  writeFileSync(join(here, '.env'), `${settings.join('\n')}\n`);
  const run = (...args: readonly string[]) =>
    runTool(compose, ['--file', join(here, 'compose.yaml'), ...args], {
      env: { ...process.env, ...podman.env },
      cwd: here,
    });
  onTestFinished(() => void run('down'));
  const server = { port, secrets };

  run('up', '--detach');
  const [container = ''] = podman.run('ps', '--format', '{{.Names}}').split('\n');
  const admin = person(server, 'root', rootPassword(server));
  await healthy(podman, container);
  const flags = ['--user', 'alice'];
  const made = await admin.json(BootstrapAnswer, 'server', 'bootstrap', urlOf(server), ...flags);
  const alice = person(server, 'alice', made.users[1]?.password ?? '');
  await alice.text('trust', urlOf(server));
  const key = await alice.create('Survives');
  await alice.text('claim', key);
  const before = await alice.text('show', key);

  const inside = (text: string) => podman.run('exec', container, 'sh', '-c', text).trim();
  expect(inside('id -u; id -g')).toBe(`${user}\n${user}`);
  expect(inside('(: >/etc/docket/new) 2>&1 || echo refused')).toContain('refused');
  expect(inside('(: >/new) 2>&1 || echo refused')).toContain('refused');
  expect(inside('cat /proc/1/status | sed -n "s/^CapEff:[^0-9a-f]*//p"')).toMatch(/^0+$/);

  run('down');
  expect(podman.run('ps', '--all', '--quiet')).toBe('');
  expect(await alice.error('list')).toMatchObject({ code: 'unreachable', exitCode: 69 });
  run('up', '--detach');
  await healthy(podman, container);
  expect(await alice.text('show', key)).toBe(before);
  await alice.text('close', key, '--outcome', 'it did');
});
