import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';

/** Says that a list goes on in another database. */
export function movedText(url: string): string {
  return `this list has moved to ${url}, and nothing is changed here any more`;
}

/** Refuses a change of a list that goes on in another database. */
export function hasMoved(url: string): DocketError {
  return new DocketError('list_moved', movedText(url), {
    hint: `Take the project's newest docket.json (git pull), or: docket init --database ${shellWord(url)}`,
  });
}
