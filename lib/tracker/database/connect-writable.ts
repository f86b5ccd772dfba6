import { type Connection, isLocalFile } from '../../model/connection.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { OpenOptions, Store } from '../../store/contract.ts';
import { StoreError } from '../../store/errors.ts';
import type { FileSystem } from '../../store/sqlite/file-system.ts';
import { connect } from './connect.ts';

/** A store for writing, and what its person should know about the place of a file. */
export interface WritableStore {
  readonly store: Store;
  readonly remark: string | undefined;
}

/**
 * Opens a database for writing, in the way that is safe where a file lies.
 *
 * @throws StoreError `unreachable` for a file on a file system that SQLite cannot be shared on.
 */
export async function connectWritable(
  connection: Connection,
  options: Omit<OpenOptions, 'mode'> = {},
): Promise<WritableStore> {
  if (!isLocalFile(connection)) {
    return { store: await connect(connection, { mode: 'write', ...options }), remark: undefined };
  }
  const { path } = connection;
  const { judgeFileSystem } = await import('../../store/sqlite/file-system.ts');
  const fileSystem = judgeFileSystem(path);
  if (fileSystem.kind === 'network') throw refusal(path, fileSystem);
  const isShared = fileSystem.kind === 'shared';
  const journal = isShared ? 'rollback' : 'wal';
  const store = await connect(connection, { mode: 'write', journal, ...options });
  return { store, remark: isShared ? remarkOn(path, fileSystem) : undefined };
}

function refusal(path: string, { name }: FileSystem): StoreError {
  return new StoreError(
    'unreachable',
    `${path} lies on a network file system (${name}), where SQLite cannot be shared safely`,
    {
      hint: 'Use a database server (docket init --database mysql://...) or a folder on a disk of this machine (docket init --database sqlite:/path/docket.db)',
    },
  );
}

function remarkOn(path: string, { name }: FileSystem): string {
  return `${path} lies on ${name}, so no memory is shared there: the processes of this machine may use it, other machines may not. For them: docket init --database ${shellWord('mysql://HOST/NAME')}`;
}
