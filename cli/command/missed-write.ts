import { DocketError } from '../../lib/model/errors.ts';
import type { InputWords } from '../../lib/operations/check-input.ts';
import type { Operation } from '../../lib/operations/operation.ts';

/** A writing command that has not reached the database. */
export interface Missed {
  readonly operation: Operation<unknown, unknown>;
  readonly input: unknown;
  readonly words?: InputWords | undefined;
}

/** The error of such a command, with what it takes to queue the change. */
export class MissedWrite extends DocketError {
  readonly missed: Missed;

  constructor({ code, message, hint, cause }: DocketError, missed: Missed) {
    super(code, message, { hint, cause });
    this.missed = missed;
  }
}

export function isMissedWrite(error: unknown): error is MissedWrite {
  return error instanceof DocketError && 'missed' in error;
}
