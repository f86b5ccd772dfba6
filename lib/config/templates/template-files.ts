import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isBelow, realPath } from '../../filesystem/path-facts.ts';
import { readText, UnfitFile } from '../../filesystem/read-file.ts';
import { DocketError } from '../../model/errors.ts';
import { findNearest } from '../../model/nearest.ts';
import { wrong } from '../require-shape.ts';

/** The folder of a project that holds its templates. */
export const templateFolder = '.claude/docket/plans';

/** The most templates that a list shows. */
export const mostTemplates = 200;

const mostBytes = 64 * 1024;
const ending = '.md';
const namePattern = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** Lists the names of a project's templates, in their order; some may not be fit for one. */
export function templateNames(root: string): readonly string[] {
  return fileNames(join(root, templateFolder))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();
}

function fileNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new DocketError('invalid_config', `cannot read ${folder} (${code})`, { cause: error });
  }
}

/** A template's file, by its path from the project's root. */
export interface TemplateFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads a template. A link that leads out of the project is refused: a plan is shown to others, and
 * a repository could bring along a link to a secret.
 *
 * @throws DocketError `not_found` with the names that there are, `invalid_config`
 */
export function readTemplate(root: string, name: string): TemplateFile {
  const file = `${templateFolder}/${name}${ending}`;
  if (!namePattern.test(name)) {
    throw new DocketError('invalid_input', `${JSON.stringify(name)} is no name of a template`, {
      hint: 'Letters and digits, with . - and _ between them',
    });
  }
  const path = join(root, file);
  const real = realPath(path);
  const home = realPath(root);
  if (real !== undefined && home !== undefined && !isBelow(real, home)) {
    throw wrong(file, 'is a link that leads out of the project');
  }
  const text = textAt(path, file);
  if (text !== undefined) return { file, text };
  throw unknown(name, root);
}

function textAt(path: string, file: string): string | undefined {
  try {
    return readText(path, mostBytes);
  } catch (error) {
    if (error instanceof UnfitFile) throw wrong(file, error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return undefined;
    throw new DocketError('invalid_config', `cannot read ${file} (${code})`, { cause: error });
  }
}

function unknown(name: string, root: string): DocketError {
  const names = templateNames(root);
  const nearest = findNearest(name, names);
  return new DocketError('not_found', `there is no template ${name}`, {
    hint:
      names.length === 0
        ? `${templateFolder}/${name}${ending} would be it; docket plan --help shows one`
        : nearest === undefined
          ? 'docket plan --templates'
          : `Did you mean ${nearest}?`,
  });
}
