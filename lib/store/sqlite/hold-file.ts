import { translateSqliteError } from './errors.ts';

/**
 * Holds a file for this process alone, by a lock of the system's that ends with the process, however
 * it ends. The file stays empty.
 *
 * @returns what lets it go; undefined while another one holds it.
 * @throws StoreError where the file cannot be locked
 */
export async function holdFile(path: string): Promise<(() => void) | undefined> {
  const { DatabaseSync } = await loadQuietly();
  try {
    const file = new DatabaseSync(path);
    try {
      file.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
      return () => file.close();
    } catch (error) {
      file.close();
      throw error;
    }
  } catch (error) {
    const failure = translateSqliteError(error);
    if (failure.code === 'conflict') return undefined;
    throw failure;
  }
}

/** Without the ExperimentalWarning of Node 22; the driver's own loader is in another bundle. */
async function loadQuietly(): Promise<typeof import('node:sqlite')> {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return await import('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
