import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startDolt } from '../engines/dolt.ts';
import type { E2eUser, E2eWorld } from './contract.ts';
import { cloneProject, makeProject } from './project.ts';

/** Two people with a home each, who cloned one repository and use one database. */
export interface SharedList {
  /** The database, as `docket trust` and `docket where` name it. */
  readonly url: string;
  readonly alice: E2eUser;
  readonly alicesProject: string;
  readonly bob: E2eUser;
  readonly bobsProject: string;
  /** The database goes away, as it is. */
  breakDatabase(): Promise<void>;
  mendDatabase(): Promise<void>;
}

/** A SQLite file that both name and approve. */
export async function shareOnSqlite(world: E2eWorld): Promise<SharedList> {
  const folder = await world.folder('database');
  const file = join(folder, 'team.db');
  const url = `sqlite:${file}`;
  const people = { alice: await world.person('alice'), bob: await world.person('bob') };
  const projects = await shareProject(people, url);
  const aside = join(dirname(folder), 'aside');
  return {
    url,
    ...people,
    ...projects,
    breakDatabase: async () => {
      await rename(folder, aside);
      await mkdir(folder);
      await writeFile(file, 'This was a database once. '.repeat(1_000));
    },
    mendDatabase: async () => {
      await rm(folder, { recursive: true });
      await rename(aside, folder);
    },
  };
}

/** A Dolt server where the administrator made the tables, and each has an everyday user. */
export async function shareOnDolt(world: E2eWorld): Promise<SharedList> {
  const server = await startDolt();
  world.onRelease(() => server.stop());
  await server.createDatabase('team');
  for (const name of ['alice', 'bob']) {
    await server.createUser({ name, password: passwordOf(name), database: 'team' });
  }
  const admin = await world.person('admin');
  const elsewhere = await world.folder('elsewhere');
  await admin.docket(elsewhere, ['migrate', '--database', server.url('team')]);

  const url = `mysql://127.0.0.1:${server.port}/team`;
  const fromEnvironment = { DOCKET_USER: 'alice', DOCKET_PASSWORD: passwordOf('alice') };
  const people = {
    alice: await world.person('alice', { env: fromEnvironment }),
    bob: await world.person('bob'),
  };
  await writeCredentials(people.bob, url);
  return {
    url,
    ...people,
    ...(await shareProject(people, url)),
    breakDatabase: () => server.halt(),
    mendDatabase: () => server.resume(),
  };
}

async function shareProject({ alice, bob }: { alice: E2eUser; bob: E2eUser }, url: string) {
  const alicesProject = await makeProject(alice, 'web', ['--database', url]);
  const bobsProject = await cloneProject(bob, alicesProject, 'web');
  await bob.docket(bobsProject, ['trust', url]);
  return { alicesProject, bobsProject };
}

function passwordOf(name: string): string {
  return `${name}'s p@ss:word`;
}

async function writeCredentials({ home, name }: E2eUser, url: string): Promise<void> {
  const folder = join(home, '.config', 'docket');
  await mkdir(folder, { recursive: true });
  const credentials = { [url]: { user: name, password: passwordOf(name) } };
  await writeFile(join(folder, 'credentials.json'), JSON.stringify(credentials), { mode: 0o600 });
}
