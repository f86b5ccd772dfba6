import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { setStage } from '../../../lib/install/verify/stage.ts';

test('of old temporary folders those go that a verification made, and no link that somebody set', async () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-stage-')));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
  vi.stubEnv('TMPDIR', join(base, 'tmp'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const [own, link, old] = ['own', 'tmp/docket-verify-link', 'tmp/docket-verify-old'].map((name) =>
    join(base, name),
  ) as [string, string, string];
  for (const folder of [own, old]) {
    mkdirSync(folder, { recursive: true });
    utimesSync(folder, 0, 0);
  }
  symlinkSync(own, link);
  const connection = { kind: 'sqlite', path: join(base, 'docket.db') } as const;
  const { signal } = new AbortController();
  const options = { env: { HOME: base }, connection, second: undefined, signal };
  // Nobody has docket installed there, so that it ends right after.
  await expect(setStage({ ...options, url: 'sqlite:docket.db' })).rejects.toThrow('ENOENT');
  expect(readdirSync(join(base, 'tmp'))).toEqual(['docket-verify-link']);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});
