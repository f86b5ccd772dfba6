import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMockApi } from '../claude/mock-api.ts';
import type { E2eWorld } from './contract.ts';
import { makeE2eUser } from './e2e-user.ts';
import { installDocket } from './installation.ts';

/** A world of its own for one phase. */
export async function makeE2eWorld(): Promise<E2eWorld> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'docket e2e ')));
  const mock = await startMockApi();
  const releases: (() => Promise<void>)[] = [];

  let folders = 0;

  async function folder(name: string): Promise<string> {
    folders += 1;
    const path = join(base, String(folders), name);
    await mkdir(path, { recursive: true });
    return path;
  }

  const world: E2eWorld = {
    mock,
    folder,
    person: async (name, { installed = true, env = {} } = {}) => {
      const home = await folder(name);
      await mkdir(join(home, 'tmp'));
      if (installed) installDocket(home);
      return makeE2eUser(world, { name, home, env });
    },
    onRelease: (work) => void releases.unshift(work),
    release: async () => {
      for (const work of releases) await work();
      await mock.close();
      await rm(base, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
  return world;
}
