import { randomBytes, randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Env } from '../../config/paths.ts';
import { isInAnyProject, isMine } from '../../config/personal-path.ts';
import { resolveContext } from '../../config/resolve.ts';
import type { Connection } from '../../model/connection.ts';
import { DocketError } from '../../model/errors.ts';
import { createProcessProbe, processStart } from '../../state/process-probe.ts';
import { makeId } from '../../tracker/ids.ts';
import { type Access, openAccess } from './access.ts';
import { makePerson, type Person } from './person.ts';
import type { Verification } from './phase.ts';

export interface StageOptions {
  /** The environment of who verifies. */
  readonly env: Env;
  readonly connection: Connection;
  /** The second user's, where they log in as somebody else. */
  readonly second: Connection | undefined;
  /** The database's URL as its person knows it. */
  readonly url: string;
  readonly signal: AbortSignal;
}

/** The people of a verification and their ways to the database; `clear` removes both again. */
export interface Stage {
  readonly verification: Verification;
  clear(): Promise<void>;
}

/** Sets up all that phases need on this machine, below one temporary folder. @throws DocketError */
export async function setStage({ env, connection, second, url, signal }: StageOptions) {
  removeOldFolders();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  const ways: Access[] = [];
  async function clear(): Promise<void> {
    await Promise.all(ways.map((way) => way.close()));
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    const workspace = { id: makeId(), slug: `verify-${randomBytes(4).toString('hex')}` };
    const people: Person[] = [];
    const remarks: string[] = [];
    const remark = (text: string) => void remarks.push(text);
    for (const [actor, login] of [
      ['verify-one', connection],
      ['verify-two', second],
    ] as const) {
      const home = join(folder, actor);
      mkdirSync(home, { mode: 0o700 });
      const way = login === undefined ? ways[0] : await openAccess(login, home);
      if (way === undefined) throw new DocketError('internal', 'nobody has a login');
      if (!ways.includes(way)) ways.push(way);
      const session = randomUUID();
      const here = { env, home, workspace, access: way };
      people.push(makePerson({ actor, session, signal, remark, ...here }));
    }
    const [first, other] = people;
    const [access] = ways;
    if (first === undefined || other === undefined || access === undefined) {
      throw new DocketError('internal', 'a verification takes two people');
    }
    refuseProject(first, join(folder, first.actor), workspace.id);
    const verification: Verification = {
      ...{
        workspace,
        url,
        first,
        second: other,
        leftOver: [],
        remarks,
        keys: new Map(),
        isMade: false,
      },
      owner: {
        scope: createProcessProbe().scope,
        id: process.pid,
        start: processStart(process.pid),
      },
      access: { ...access, roundTrips: () => sumOf(ways) },
      newSession: randomUUID,
    };
    return { verification, clear } satisfies Stage;
  } catch (error) {
    await clear();
    throw error;
  }
}

function sumOf(ways: readonly Access[]): number | undefined {
  const trips = ways.flatMap((way) => way.roundTrips() ?? []);
  return trips.length === 0 ? undefined : trips.reduce((sum, each) => sum + each);
}

/** Refuses a temporary folder in a project, whose list would be meant. @throws DocketError */
function refuseProject({ project }: Person, home: string, id: string): void {
  const env = { HOME: home };
  if (resolveContext(project, env).workspace?.id === id && !isInAnyProject(home, env)) return;
  throw new DocketError('invalid_config', `the temporary folder ${tmpdir()} lies in a project`, {
    hint: 'TMPDIR=/tmp docket verify',
  });
}

const prefix = 'docket-verify-';

/** Milliseconds after which whoever made a folder has certainly ended. */
const longestLife = 3_600_000;

/** Removes what was left by those that were killed. */
function removeOldFolders(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found === undefined || !isMine(found) || Date.now() - found.mtimeMs < longestLife) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}
