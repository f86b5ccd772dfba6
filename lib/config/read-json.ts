import { isLink } from '../filesystem/path-facts.ts';
import { readText, UnfitFile } from '../filesystem/read-file.ts';
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
  const text = read(path);
  if (text === undefined) return undefined;
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

function read(path: string): string | undefined {
  try {
    return readText(path, mostBytes);
  } catch (error) {
    if (error instanceof UnfitFile) throw wrong(path, error.message);
    const { code, syscall } = error as NodeJS.ErrnoException;
    // A folder of somebody else, a loop of links: nothing can be known of the file.
    if (code === 'ENOTDIR' || syscall === 'stat') return undefined;
    throw new DocketError('invalid_config', `cannot read ${path} (${code})`, { cause: error });
  }
}
