import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createProcessProbe, processStart } from '../../lib/state/process-probe.ts';

test('a process lives until it ends, and another one with its id is not it', async () => {
  const probe = createProcessProbe();
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const start = processStart(pid);
  if (start === null) throw new Error('no start');
  expect(probe.isAlive(pid, start)).toBe(true);
  if (process.platform === 'linux') expect(probe.isAlive(pid, `${start}0`)).toBe(false);
  child.kill();
  await once(child, 'close');
  expect(probe.isAlive(pid, start)).toBe(false);
});

test('all processes of a machine and a boot share one scope', () => {
  const { scope } = createProcessProbe();
  expect(scope).toBe(createProcessProbe().scope);
  if (process.platform === 'linux') expect(scope).toMatch(/^[0-9a-f-]{36} pid:\[\d+\]$/);
});

test('what is no process has no start', () => {
  if (process.platform === 'linux') expect(processStart(2 ** 30)).toBeNull();
});
