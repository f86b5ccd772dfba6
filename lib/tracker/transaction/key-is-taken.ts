import { DocketError } from '../../model/errors.ts';

/** Makes the error of a task whose key was chosen while the database was away, and is another's now. */
export function keyIsTaken(key: string): DocketError {
  return new DocketError('conflict', `the key ${key} was given to another task meanwhile`, {
    hint: 'Create the task again, which gives it another key',
  });
}
