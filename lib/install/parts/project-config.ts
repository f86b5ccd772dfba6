import { isAbsolute, relative, sep } from 'node:path';
import { type Database, databaseUrl } from '../../config/database.ts';
import { ProjectConfig } from '../../config/schema.ts';
import { isLocalFile } from '../../model/connection.ts';
import type { WorkspaceName } from '../../tracker/database/join-workspace.ts';
import type { ModeKeys } from './mode-options.ts';

/** Renders `.claude/docket.json`. An existing file keeps what docket does not have to change. */
export function renderProjectConfig(
  before: string | undefined,
  {
    workspace,
    database,
    mode = {},
  }: { workspace: WorkspaceName; database: string | undefined; mode?: ModeKeys },
): string {
  const known = before === undefined ? {} : (JSON.parse(before) as Record<string, unknown>);
  const isSame =
    before !== undefined &&
    (known.workspace as Partial<WorkspaceName>)?.id === workspace.id &&
    (database === undefined || known.database === database) &&
    Object.entries(mode).every(([key, value]) => known[key] === value);
  if (isSame) return before;
  const { id, slug } = workspace;
  const config = {
    ...known,
    workspace: { id, slug },
    ...(database ? { database } : {}),
    ...mode,
  };
  return `${JSON.stringify(ProjectConfig.parse(config), null, 2)}\n`;
}

/**
 * Names a database as a committed file does: without the person's user name, and with a path that
 * means the same in every clone where that can be.
 */
export function committedUrl(database: Database, root: string): string {
  if (!isLocalFile(database)) return databaseUrl(database);
  const path = relative(root, database.path);
  const isInside = path !== '' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
  return `sqlite:${isInside ? path : database.path}`;
}

/** The keys that init writes. */
const ownKeys = ['workspace', 'database', 'mode', 'client', 'project'];

/** Whether the file has keys that docket did not write, so that uninstall leaves it. */
export function hasForeignKeys(text: string): boolean {
  try {
    const keys = Object.keys(JSON.parse(text) as object);
    return keys.some((key) => !ownKeys.includes(key));
  } catch {
    return true;
  }
}
