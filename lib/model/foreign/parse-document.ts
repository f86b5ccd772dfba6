import { DocketError } from '../errors.ts';

/** Parses a JSON document. @throws DocketError `invalid_input` */
export function parseDocument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DocketError('invalid_input', `it is no JSON: ${(cause as Error).message}`, { cause });
  }
}

export function wrongDocument(what: string): DocketError {
  return new DocketError('invalid_input', `the file ${what}`, {
    hint: 'Is it of this --format? docket import --help names them',
  });
}
