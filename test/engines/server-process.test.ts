import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Launch, ServerProcess } from './server-process.ts';

// A stand-in for a server, which says `ready`; PORT is what it was started with.
async function launch(script: string): Promise<Launch> {
  return {
    name: 'Stand-in',
    folder: await mkdtemp(join(tmpdir(), 'docket-stand-in-')),
    ready: /ready/,
    file: process.execPath,
    args: () => ['-e', script],
    env: process.env,
  };
}

test('a server that finds its port taken is started again on another', async (context) => {
  const ports: number[] = [];
  const stayOnSecond = `
    const fs = require('node:fs');
    if (!fs.existsSync('tried')) {
      fs.writeFileSync('tried', '');
      process.exit(1);
    }
    console.error('ready');
    setInterval(() => {}, 1000);`;
  const standIn = await launch(stayOnSecond);
  const server = new ServerProcess({
    ...standIn,
    args: (port) => {
      ports.push(port);
      return standIn.args(port);
    },
  });
  context.onTestFinished(() => server.stop());
  await server.start();
  expect(ports).toHaveLength(2);
  expect(ports[0]).not.toBe(ports[1]);
  expect(server.port).toBe(ports[1]);
});

test('a server that never starts is given up with its log, and leaves nothing', async () => {
  const standIn = await launch("console.error('no such table space'); process.exit(7)");
  const server = new ServerProcess(standIn);
  await expect(server.start()).rejects.toThrow(/Stand-in ended early \(7\)\nno such table space/);
  expect(existsSync(standIn.folder)).toBe(false);
});
