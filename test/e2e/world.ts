import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MockApi, startMockApi } from '../claude/mock-api.ts';
import { installDocket } from './installation.ts';
import { makePerson, type Person } from './person.ts';

/** What a phase needs: a Messages API, and a folder where people and projects live. */
export interface World {
  readonly mock: MockApi;
  /** A new folder of this name; its path has a space, as people's folders do. */
  folder(name: string): Promise<string>;
  /** Someone with a new home, docket installed unless `installed` says otherwise. */
  person(name: string, options?: PersonOptions): Promise<Person>;
  /** Runs when the phase is over, however it ends; the last first. */
  onRelease(work: () => Promise<void>): void;
  release(): Promise<void>;
}

export interface PersonOptions {
  readonly installed?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A world of its own for one phase. */
export async function makeWorld(): Promise<World> {
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

  const world: World = {
    mock,
    folder,
    person: async (name, { installed = true, env = {} } = {}) => {
      const home = await folder(name);
      await mkdir(join(home, 'tmp'));
      if (installed) installDocket(home);
      return makePerson(world, { name, home, env });
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
