import { existsSync, readFileSync } from 'node:fs';
import { DocketError } from '../model/errors.ts';

/**
 * Reads a JSON file that may be missing. `parse` gets the value and what to call it in an error.
 *
 * @throws DocketError `invalid_config` when it cannot be read or parsed. What stands in a secret
 * file is not repeated: the error of JSON.parse quotes it.
 */
export function readJson<T>(
  path: string,
  parse: (value: unknown, what: string) => T,
  { isSecret = false }: { readonly isSecret?: boolean } = {},
): T | undefined {
  // To look first is cheaper than an error, and most of these files are not there.
  if (!existsSync(path)) return undefined;
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
      isSecret || !(error instanceof Error)
        ? { hint: 'Mend it or remove it' }
        : { hint: `${error.message}. Mend it, or restore it (git checkout)`, cause: error },
    );
  }
  return parse(value, path);
}
