import { findListContext } from '../../lib/access/find-context.ts';
import { stateFolder } from '../../lib/config/paths.ts';
import { planConnection } from '../../lib/config/resolve.ts';
import { snapshotIdOf } from '../../lib/config/snapshot-id.ts';
import { listTemplates } from '../../lib/config/templates/templates.ts';
import { withDeadline } from '../../lib/hook-io/deadline.ts';
import { isOpen, readBreaker } from '../../lib/state/breaker.ts';
import { readSnapshot } from '../../lib/state/snapshot.ts';
import { isMissingFile } from '../../lib/tracker/database/missing-file.ts';
import { type Offered, readOffered, type Wanted } from '../../lib/tracker/reads/offered.ts';
import type { CommandIo } from '../terminal/io.ts';

/** Someone who presses a key waits: ticks of 10 ms to a server's first byte, and in all. */
const deadline = { firstByte: 25, total: 40 };
const open = { mode: 'read', busyTimeout: 20 } as const;
const limit = 100;

/**
 * Reads what to offer, from the list that the folder means. It only reads: no list is joined, made
 * or migrated, and nobody's sign of life is written. While the database is away, tasks are offered
 * from the list that a prompt on this machine showed last.
 *
 * @returns nothing outside a list, and whatever else goes wrong.
 */
export async function readOffers(
  io: Pick<CommandIo, 'env' | 'cwd'>,
  wanted: Wanted,
): Promise<readonly Offered[]> {
  try {
    return await read(io, wanted);
  } catch {
    return [];
  }
}

/** Reads the templates of the folder's project that can be used, with what each is for. */
export async function readTemplates(
  io: Pick<CommandIo, 'env' | 'cwd'>,
): Promise<readonly Offered[]> {
  const { project } = findListContext(io).search;
  if (project === undefined) return [];
  const { templates } = await listTemplates(project.root);
  return templates
    .filter(({ problem }) => problem === null)
    .map(({ name, description }) => ({ name, text: description }));
}

async function read(
  { env, cwd }: Pick<CommandIo, 'env' | 'cwd'>,
  wanted: Wanted,
): Promise<readonly Offered[]> {
  const context = findListContext({ env, cwd });
  const connection = planConnection(context, env);
  if (isMissingFile(connection)) return [];
  const folder = stateFolder(env);
  const id = snapshotIdOf(context);
  try {
    if (isOpen(readBreaker(folder, id), Date.now())) throw new Error('the database is away');
    const workspaceId = context.workspace.id;
    return await withDeadline(
      (onFirstByte) =>
        readOffered(connection, { workspaceId, wanted, limit, open: { ...open, onFirstByte } }),
      deadline,
    );
  } catch {
    if ('entries' in wanted) return [];
    const { list } = readSnapshot(folder, id) ?? {};
    if (list === undefined) return [];
    const tasks = [...list.mine, ...list.others, ...list.blocked, ...list.ready, ...list.waiting];
    return tasks.map(({ key, title }) => ({ name: key, text: title }));
  }
}
