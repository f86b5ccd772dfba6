import { rmdirSync, rmSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { writeAtomically } from '../../filesystem/atomic-write.ts';
import { readBytes, UnfitFile } from '../../filesystem/read-file.ts';
import { whyNotWritten } from '../../filesystem/write-error.ts';
import { DocketError } from '../../model/errors.ts';
import { renderDiff } from '../../settings/unified-diff.ts';
import { printableLine } from './printable-text.ts';
import { decodeText, type EncodedText, isExact, type TextEncoding } from './text-encoding.ts';

/** A planned change of one text file; an undefined text stands for no file. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly executable?: boolean;
  /** UTF-8 where it is not given. */
  readonly encoding?: TextEncoding;
  /** Whether a new file is for the person alone, whatever the umask. */
  readonly isPrivate?: boolean;
}

/** Far more than settings, instructions for a model or an agent's definition ever have. */
const mostBytes = 4 * 1024 * 1024;

/**
 * Reads a text file that may be missing.
 *
 * @throws DocketError `invalid_settings` for what is not UTF-8: it could not be written back.
 */
export function readText(path: string): string | undefined {
  const found = readEncoded(path);
  if (found === undefined || found.encoding === 'utf8') return found?.text;
  throw new DocketError('invalid_settings', `${path} is not UTF-8 text`);
}

/**
 * Reads a text file that may be missing, in UTF-8 or in UTF-16 with a mark.
 *
 * @throws DocketError `invalid_settings` for what is neither: it could not be written back.
 */
export function readEncoded(path: string): EncodedText | undefined {
  let bytes: Buffer | undefined;
  try {
    bytes = readBytes(path, mostBytes);
  } catch (error) {
    if (error instanceof UnfitFile) {
      throw new DocketError('invalid_settings', `${path} ${error.message}`, { cause: error });
    }
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new DocketError('invalid_settings', `cannot read ${path} (${code})`, { cause: error });
  }
  if (bytes === undefined) return undefined;
  const found = decodeText(bytes);
  if (isExact(found, bytes)) return found;
  throw new DocketError('invalid_settings', `${path} is not UTF-8 text`);
}

export function isChange({ path, before, after, executable = false }: FileChange): boolean {
  return before !== after || (executable && !isExecutable(path));
}

export function isExecutable(path: string): boolean {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o100) !== 0;
}

export function applyChange({ path, before, after, encoding, ...kind }: FileChange): void {
  try {
    if (after !== undefined) writeAtomically(path, Buffer.from(after, encoding), kind);
    else if (before !== undefined) rmSync(path);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Writes a file that must not be there yet; false when somebody else was first. */
export function applyFirst(change: FileChange): boolean {
  const { path, before, after } = change;
  if (before !== undefined || after === undefined) return false;
  try {
    writeAtomically(path, after, { isNew: true });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): DocketError {
  const message = `cannot write ${path} (${whyNotWritten(error)})`;
  return new DocketError('invalid_settings', message, { cause: error });
}

/** Removes those folders that are empty now, from the innermost. */
export function removeEmptyFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      // It holds something, or is gone: both are fine.
    }
  }
}

/** Renders changes as one unified diff. */
export function renderChanges(changes: readonly FileChange[], folder: string): string {
  return changes
    .map(({ path, before, after }) => {
      const name = relative(folder, path);
      const shown = name.startsWith('..') ? path : name;
      // A name's own line end would forge a line of the diff.
      return renderDiff(before, after, printableLine(shown.replace(/^\//, '')));
    })
    .join('');
}
