import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { DocketError } from '../model/errors.ts';

/**
 * Reads a JSON file that may be missing.
 *
 * @throws DocketError `invalid_config` when it cannot be read, parsed or does not fit `schema`.
 */
export function readJson<T extends z.core.$ZodType>(
  path: string,
  schema: T,
): z.output<T> | undefined {
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
    throw new DocketError('invalid_config', `${path} is not valid JSON`, {
      hint: error instanceof Error ? error.message : undefined,
      cause: error,
    });
  }
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DocketError(
    'invalid_config',
    `${path}: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not valid'}`,
  );
}
