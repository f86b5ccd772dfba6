import { readFileSync } from 'node:fs';
import { isLink, statOrUndefined } from '../filesystem/path-facts.ts';
import { DocketError } from '../model/errors.ts';
import { wrong } from './require-shape.ts';

const mostBytes = 1024 * 1024;

/**
 * Reads a JSON file that may be missing. `parse` gets the value and what to call it in an error.
 *
 * @throws DocketError `invalid_config` when it cannot be read or parsed. What stands in a secret
 * file, or in one that a link leads to, is not repeated: the error of JSON.parse quotes it.
 */
export function readJson<T>(
  path: string,
  parse: (value: unknown, what: string) => T,
  { isSecret = false }: { readonly isSecret?: boolean } = {},
): T | undefined {
  // To look first is cheaper than an error, and most of these files are not there.
  const found = statOrUndefined(path);
  if (found === undefined || found === 'unreadable') return undefined;
  // To open a pipe would wait for its writer.
  if (!found.isFile()) throw wrong(path, 'is not a file');
  if (found.size > mostBytes) throw wrong(path, `is longer than ${mostBytes} bytes`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new DocketError('invalid_config', `cannot read ${path} (${code})`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DocketError(
      'invalid_config',
      `${path} is not valid JSON`,
      isSecret || isLink(path) || !(error instanceof Error)
        ? { hint: 'Mend it or remove it' }
        : { hint: `${error.message}. Mend it, or restore it (git checkout)`, cause: error },
    );
  }
  return parse(value, path);
}
