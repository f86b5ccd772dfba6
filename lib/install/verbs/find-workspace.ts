import { withDatabase } from '../../access/migration-hint.ts';
import { databaseUrl } from '../../config/database.ts';
import { type Env, stateFolder } from '../../config/paths.ts';
import type { Context } from '../../config/resolve.ts';
import type { Connection } from '../../model/connection.ts';
import { DocketError } from '../../model/errors.ts';
import { makeSlug } from '../../model/key.ts';
import { shellWord } from '../../model/shell-word.ts';
import { forgetList, markKnownList } from '../../state/known-list.ts';
import { peekWorkspace } from '../../tracker/database/inspect.ts';
import {
  ensureWorkspace,
  type Fingerprint,
  findOtherOwner,
  joinWorkspace,
  type WorkspaceName,
} from '../../tracker/database/join-workspace.ts';
import { makeTables } from '../../tracker/database/migrate.ts';
import { type Notice, openStore } from '../../tracker/database/open.ts';
import type { Check } from '../check.ts';
import { foreignList } from '../checks/foreign-list.ts';
import type { ModeKeys } from '../parts/mode-options.ts';
import type { Repository } from '../parts/repository.ts';
import { makeNamed } from './make-named.ts';

interface Options {
  readonly env: Env;
  readonly database: string | undefined;
  readonly createdBy: string;
  /** Whether a folder in no repository may share the list of one. */
  readonly anyway: boolean;
}

/** Stands in a dry run for the id of a workspace that is not made. */
const newId = '00000000-0000-0000-0000-000000000000';

/** The list of a project, found or made. */
export interface Found {
  readonly workspace: WorkspaceName;
  /** `new`: made now; `joined`: another clone made it; `known`: the folder's file names it. */
  readonly membership: 'new' | 'joined' | 'known';
  /** The repository that the list belongs to, where that is another one. */
  readonly owner?: Fingerprint | undefined;
  /** Whether docket's tables were made. */
  readonly madeTables?: boolean;
  /** What the person should know of the database. */
  readonly notices?: readonly Check[];
}

export async function findWorkspace(
  context: Context,
  connection: Connection,
  { repository, options, mode }: { repository: Repository; options: Options; mode: ModeKeys },
): Promise<Found> {
  const { fingerprint, name } = repository;
  const { createdBy } = options;
  const notices: Check[] = [];
  const { store, madeTables } = await openOrMake(connection, {
    onNotice: ({ text }) => notices.push({ name: 'database', status: 'warn', message: text }),
  }).catch((error: unknown) => {
    throw withDatabase(error, options);
  });
  try {
    const known = context.search.project?.config.workspace;
    if (known !== undefined) {
      await ensureWorkspace(store, { ...known, repository: fingerprint }, createdBy);
      const owner = await findOtherOwner(store, known.id, fingerprint);
      if (owner !== undefined && repository.root === undefined && !options.anyway) {
        throw copied(foreignList(known, owner, context), context);
      }
      remember(known);
      await makeNamed(store, known, { mode, createdBy });
      return { workspace: known, membership: 'known', owner, madeTables, notices };
    }
    const { joined, ...workspace } = await joinWorkspace(store, {
      repository: fingerprint,
      name,
      createdBy,
    });
    remember(workspace);
    await makeNamed(store, workspace, { mode, createdBy });
    return { workspace, membership: joined ? 'joined' : 'new', madeTables, notices };
  } finally {
    await store.close();
  }

  /** The list is there now, and what this machine knew of another one is over. */
  function remember({ id }: WorkspaceName): void {
    const listId = { database: databaseUrl(context.database), workspace: id };
    forgetList(stateFolder(options.env), listId);
    markKnownList(stateFolder(options.env), listId);
  }
}

/** Nothing says that a folder in no repository is a part of the one that has the list. */
function copied({ message, next }: Check, { search: { project } }: Context): DocketError {
  const again = `docket init ${shellWord(project?.root ?? '.')} --anyway`;
  return new DocketError('usage', message, { hint: `${next}. To share it from here: ${again}` });
}

/** Opens the database; an empty one gets docket's tables where the user may make them. */
async function openOrMake(
  connection: Connection,
  { onNotice }: { onNotice(notice: Notice): void },
) {
  try {
    return { store: await openStore(connection, { onNotice }), madeTables: false };
  } catch (error) {
    const isDue = error instanceof DocketError && error.code === 'migration_due';
    if (!isDue || !(await makeTables(connection))) throw error;
    return { store: await openStore(connection), madeTables: true };
  }
}

/** Says what `findWorkspace` would answer, without touching the database. */
export async function foreseeWorkspace(
  context: Context,
  connection: Connection,
  { fingerprint, name }: Repository,
): Promise<Found> {
  const known = context.search.project?.config.workspace;
  if (known !== undefined) return { workspace: known, membership: 'known' };
  const found = await peekWorkspace(connection, fingerprint);
  if (found !== undefined) return { workspace: found, membership: 'joined' };
  return { workspace: { id: newId, slug: makeSlug(name) }, membership: 'new' };
}
