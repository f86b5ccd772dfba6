import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';

/** The refusal of a change of a list that goes on in another database. */
export class ListMoved extends DocketError {
  /** The URL of that database, without a secret. */
  readonly movedTo: string;
  /** The list that has moved, where it is not plain which one that is. */
  readonly workspaceId: string | undefined;

  constructor(url: string, workspaceId?: string) {
    super('list_moved', `this list has moved to ${url}, and nothing is changed here any more`, {
      hint: `Take the project's newest docket.json (git pull), or: docket init --database ${shellWord(url)}`,
    });
    this.movedTo = url;
    this.workspaceId = workspaceId;
  }
}
