import type { OpenList } from '../../lib/access/list-context.ts';
import { withList } from '../../lib/access/open-list.ts';
import type { CommandIo } from './command.ts';

/** Runs a command on the list that it means. */
export function withScope<T>(
  { flags, io }: { flags: { readonly database?: string | undefined }; io: CommandIo },
  work: (list: OpenList) => Promise<T>,
): Promise<T> {
  return withList({ env: io.env, cwd: io.cwd, database: flags.database }, work);
}
