import { existsSync, realpathSync } from 'node:fs';
import { writePrivately } from '../filesystem/atomic-write.ts';
import { DocketError } from '../model/errors.ts';
import { credentialsFile, parseCredentials, urlOfEntry } from './credentials.ts';
import { databaseUrl, type ServerDatabase } from './database.ts';
import type { Env } from './paths.ts';
import { readJson } from './read-json.ts';
import { requireRecord } from './require-shape.ts';

/**
 * Keeps the person's password of a database in `credentials.json`, with the user that the URL names;
 * the rest of the entry, and other entries, stay. Gives the file's path.
 *
 * @throws DocketError `invalid_config` when the file has another form or cannot be written.
 */
export function keepPassword(env: Env, database: ServerDatabase, password: string): string {
  const path = credentialsFile(env);
  const known =
    readJson(
      path,
      (value) => {
        parseCredentials(value, path);
        return requireRecord(value, path);
      },
      { isSecret: true },
    ) ?? {};
  const url = databaseUrl(database);
  const key = Object.keys(known).find((each) => urlOfEntry(each) === url) ?? url;
  const former = requireRecord(known[key] ?? {}, `${path}: ${url}`);
  const user = database.user === undefined ? {} : { user: database.user };
  const entries = { ...known, [key]: { ...former, ...user, password } };
  try {
    // Anew, as a file that others may read would go on being one. A link stays a link.
    const target = existsSync(path) ? realpathSync(path) : path;
    writePrivately(target, `${JSON.stringify(entries, null, 2)}\n`);
  } catch (error) {
    const { message } = error as Error;
    throw new DocketError('invalid_config', `cannot write ${path}: ${message}`, { cause: error });
  }
  return path;
}
