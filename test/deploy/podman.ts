import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import { atExit } from '../engines/at-exit.ts';
import { findBinary } from '../engines/binary.ts';
import { runTool } from './tools.ts';

/** Podman with storage, settings and networks of a test's own: nothing of the machine's is used. */
export interface Podman {
  /** A folder that is gone after the test. */
  readonly folder: string;
  /** In which `podman` is this one. */
  readonly env: NodeJS.ProcessEnv;
  run(...args: readonly string[]): string;
}

/** What the start script and the healthcheck of deploy/ call beside Dolt. */
const tools = ['sh', 'bash', 'cat', 'mkdir', 'tail', 'sed', 'id'];

/**
 * Makes an image of the tested Dolt under a name, as none can be pulled, and runs it once, with a
 * port that is published. Without podman, or where it may not do that, the test is skipped and says
 * why.
 */
export function requirePodman(image: string, { skip }: TestContext): Podman {
  if (process.platform !== 'linux') return skip('podman runs containers on Linux');
  if (spawnSync('podman', ['--version']).error) return skip('podman is not on this machine');
  const podman = prepare();
  const succeed = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync('podman', args, { env: podman.env, encoding: 'utf8' });
    return status === 0 || skip(`podman runs no container here: ${stderr.trim()}`);
  };
  succeed('info');
  fillImage(podman, image);
  const place = ['--read-only', '--publish', '127.0.0.1::3306'];
  succeed('run', '--rm', ...place, image, 'sh', '-c', 'id -u');
  return podman;
}

function prepare(): Podman {
  const folder = mkdtempSync(join(tmpdir(), 'docket-podman-'));
  const inside = (path: string) => join(folder, path);
  mkdirSync(inside('bin'));
  const [real = ''] = runTool('sh', ['-c', 'command -v podman']).split('\n');
  const places = ['--root', inside('root'), '--runroot', inside('run'), '--storage-driver', 'vfs'];
  const line = `exec ${real} ${places.join(' ')} "$@"`;
  writeFileSync(inside('bin/podman'), `#!/bin/sh\n${line}\n`);
  chmodSync(inside('bin/podman'), 0o755);
  const hasRunc = spawnSync('runc', ['--version']).error === undefined;
  const settings = [
    '[engine]',
    ...(hasRunc ? ['runtime = "runc"'] : []),
    'cgroup_manager = "cgroupfs"',
    'events_logger = "file"',
    'lock_type = "file"',
    `tmp_dir = "${inside('tmp')}"`,
    '[containers]',
    'log_driver = "k8s-file"',
    'default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]',
    '[network]',
    `network_config_dir = "${inside('networks')}"`,
  ];
  writeFileSync(inside('containers.conf'), settings.join('\n'));
  const env = {
    PATH: `${inside('bin')}:${process.env.PATH}`,
    HOME: folder,
    CONTAINERS_CONF: inside('containers.conf'),
  };
  const end = () => {
    spawnSync('podman', ['rm', '--all', '--force', '--time', '0'], { env });
    spawnSync('podman', ['network', 'prune', '--force'], { env });
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  const takeBack = atExit(end);
  onTestFinished(() => {
    takeBack();
    end();
  });
  return { folder, env, run: (...args) => runTool('podman', args, { env }) };
}

/** Puts the tested Dolt, what it starts with, and their libraries into an image. */
function fillImage(podman: Podman, image: string): void {
  const files = join(podman.folder, 'files');
  const programs = tools.map((name) => runTool('sh', ['-c', `command -v ${name}`]).trim());
  for (const program of [...programs, findBinary('dolt')]) {
    place(program, join('bin', basename(program)));
    for (const [library] of runTool('ldd', [program]).matchAll(/\/\S+/g)) place(library, library);
  }
  const archive = join(podman.folder, 'files.tar');
  runTool('tar', ['-C', files, '-cf', archive, '.']);
  podman.run('import', '--quiet', archive, image);
  rmSync(files, { recursive: true });
  rmSync(archive);

  function place(from: string, to: string): void {
    const target = join(files, to);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(from, target);
  }
}
