import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findBinary } from '../engines/binary.ts';
import { ServerProcess } from '../engines/server-process.ts';
import { root, runTool } from './tools.ts';

/** Dolt as deploy/ starts it, with folders of a test in the place of a container's. */
export interface DeployedDolt {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly secrets: string;
  /** The port, once it was started. */
  readonly port: number;
  start(): Promise<void>;
  halt(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  resume(): Promise<void>;
}

/** Makes the secrets and the folders; gone after the test, with the server. */
export function prepareDolt(): DeployedDolt {
  const folder = mkdtempSync(join(tmpdir(), 'docket-deploy-'));
  const inside = (path: string) => join(folder, path);
  for (const path of ['bin', 'data', 'home']) mkdirSync(inside(path));
  symlinkSync(findBinary('dolt'), inside('bin/dolt'));
  const secrets = inside('secrets');
  runTool(join(root, 'deploy/make-secrets'), [secrets, '127.0.0.1']);
  const env = {
    PATH: [inside('bin'), process.env.PATH].join(delimiter),
    HOME: inside('home'),
    DOLT_DISABLE_EVENT_FLUSH: '1',
  };
  const process_ = new ServerProcess({
    name: 'the deployed Dolt',
    folder,
    ready: /Server ready/,
    file: '/bin/sh',
    args: (port) => {
      write('start', []);
      // What says that it is ready is said at this level only.
      write('config.yaml', [
        ['log_level: warning', 'log_level: info'],
        ['host: 0.0.0.0', 'host: 127.0.0.1'],
        ['port: 3306', `port: ${port}`],
      ]);
      return [inside('start')];
    },
    env,
  });
  onTestFinished(() => process_.stop());

  /** Copies a file of the deployment; each text that is replaced must be there. */
  function write(name: string, changes: readonly (readonly [string, string])[]): void {
    const places = [
      ['/var/lib/dolt', inside('data')],
      ['/run/secrets/docket', secrets],
      ...(name === 'start' ? [['/etc/docket/config.yaml', inside('config.yaml')] as const] : []),
      ...changes,
    ] as const;
    let text = readFileSync(join(root, 'deploy/kubernetes/base', name), 'utf8');
    for (const [from, to] of places) {
      if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
      text = text.replaceAll(from, to);
    }
    writeFileSync(inside(name), text);
  }

  return {
    folder,
    env,
    secrets,
    get port() {
      return process_.port;
    },
    start: async () => void (await process_.start()),
    halt: (signal) => process_.halt(signal),
    resume: () => process_.resume(),
  };
}
