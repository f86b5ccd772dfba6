import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import * as z from 'zod/mini';
import { type InstalledUser, makeInstalledUser } from '../../../../bench/world/installed-user.ts';
import { VerifyAnswer } from '../../../../lib/model/answers/verify.ts';
import {
  type Connection,
  isLocalFile,
  type ServerConnection,
} from '../../../../lib/model/connection.ts';
import type { SqlValue } from '../../../../lib/store/contract.ts';
import { ensureWorkspace } from '../../../../lib/tracker/database/join-workspace.ts';
import { openStore, openUnmigrated } from '../../../../lib/tracker/database/open.ts';
import { makeId } from '../../../../lib/tracker/ids.ts';
import { fillList } from '../../../conformance/moving/fill-list.ts';
import { builtHooks } from '../../../hooks/built-hooks.ts';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Somebody with docket installed, who verifies a database. */
export interface Verifier {
  readonly user: InstalledUser;
  /** The temporary folder of their processes: what a verification leaves lies there. */
  readonly temporary: string;
  run(args?: readonly string[], input?: string): Promise<Ended>;
  /** What it answers with --json, and its exit code. */
  verify(
    args?: readonly string[],
    input?: string,
  ): Promise<VerifyAnswer & { exitCode: number | null }>;
  /** Starts it, for who ends it before its time. */
  start(args?: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> };
}

export async function makeVerifier(connection: Connection): Promise<Verifier> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'docket-verifier-')));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  const dist = await builtHooks();
  const { kind } = connection;
  const server = isLocalFile(connection)
    ? undefined
    : {
        url: `${kind}://${connection.host}:${connection.port}/${connection.database}`,
        login: connection,
      };
  const user = makeInstalledUser(home, dist, server);
  if (server?.login.ca !== undefined) nameAuthority(user, server);
  const temporary = mkdtempSync(join(home, 'tmp-'));
  const named = isLocalFile(connection) ? ['--database', `sqlite:${connection.path}`] : [];

  function start(args: readonly string[] = []) {
    const child = spawn(user.command, ['verify', ...named, ...args], {
      cwd: user.project,
      env: { ...user.env, TMPDIR: temporary },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    const ended = new Promise<Ended>((resolve) => {
      child.once('close', (exitCode) => resolve({ exitCode, ...output }));
    });
    return { child, ended };
  }

  async function run(args: readonly string[] = [], input = ''): Promise<Ended> {
    const { child, ended } = start(args);
    child.stdin?.end(input);
    return ended;
  }

  return {
    user,
    temporary,
    run,
    start,
    async verify(args = [], input = '') {
      const { stdout, stderr, exitCode } = await run([...args, '--json'], input);
      const document: unknown = JSON.parse(stdout || `{"stderr":${JSON.stringify(stderr)}}`);
      return { ...z.parse(z.object({ data: VerifyAnswer }), document).data, exitCode };
    },
  };
}

/** Says which authority has signed the server's certificate, as a person does. */
function nameAuthority(
  { env }: InstalledUser,
  { url, login }: { readonly url: string; readonly login: ServerConnection },
): void {
  const folder = join(env.HOME, '.config/docket');
  writeFileSync(join(folder, 'ca.pem'), login.ca ?? '');
  const entry = { user: login.user, password: login.password, ca: 'ca.pem' };
  writeFileSync(join(folder, 'credentials.json'), JSON.stringify({ [url]: entry }));
}

/** What became of each phase, in a form that a failure shows well. */
export function outcomes({ phases }: VerifyAnswer): readonly string[] {
  return phases.map(({ number, status, message }) =>
    status === 'passed' ? `${number} passed` : [number, status, message].join(' '),
  );
}

export const allPassed = Array.from({ length: 11 }, (_, index) => `${index + 1} passed`);

/** Makes a list of somebody's with rows in every table. */
export async function fillDatabase(connection: Connection): Promise<void> {
  const store = await openStore(connection);
  // Named as those that go away, and somebody's all the same.
  const name = { id: makeId(), slug: 'verify-0000cafe' };
  const repository = { rootCommit: null, origin: 'example.com/docket-verify' };
  const worker = { session: randomUUID(), agent: 'main', actor: 'docket verify' };
  try {
    await ensureWorkspace(store, { ...name, repository }, worker.actor);
    const probe = { scope: null, isAlive: () => true };
    await fillList({ store, workspaceId: name.id, worker, probe });
  } finally {
    await store.close();
  }
}

/** All rows of all tables. */
export async function dumpDatabase(
  connection: Connection,
): Promise<Readonly<Record<string, readonly Readonly<Record<string, SqlValue>>[]>>> {
  const store = await openUnmigrated(connection);
  try {
    const names = await store.db.query(
      isLocalFile(connection)
        ? "SELECT name FROM sqlite_master WHERE type = 'table'"
        : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    const tables: Record<string, readonly Readonly<Record<string, SqlValue>>[]> = {};
    for (const { name } of names) {
      const rows = await store.db.query(`SELECT * FROM ${name}`);
      const sorted = rows.map((row) => [JSON.stringify(row), row] as const);
      sorted.sort(([one], [other]) => (one < other ? -1 : 1));
      tables[String(name)] = sorted.map(([, row]) => row);
    }
    return tables;
  } finally {
    await store.close();
  }
}

/** What verifications have left in their temporary folder. */
export function leftFolders({ temporary }: Verifier): readonly string[] {
  return readdirSync(temporary);
}

/** Waits until there is a list of a verification, and a task in it. */
export async function untilAtWork(connection: Connection): Promise<void> {
  const store = await openStore(connection);
  try {
    await vi.waitFor(
      async () => {
        const found = await store.db.query(
          "SELECT t.id FROM tasks t JOIN workspaces w ON w.id = t.workspace_id WHERE w.created_by = 'docket verify' AND w.origin LIKE 'docket-verify:%'",
        );
        expect(found.length).toBeGreaterThan(0);
      },
      { timeout: 60_000, interval: 50 },
    );
  } finally {
    await store.close();
  }
}
