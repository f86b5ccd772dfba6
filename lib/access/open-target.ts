import { databaseUrl } from '../config/database.ts';
import { stateFolder } from '../config/paths.ts';
import { planConnection } from '../config/resolve.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import type { Connection } from '../model/connection.ts';
import { resetBreaker } from '../state/breaker.ts';
import { markKnownList } from '../state/known-list.ts';
import { findListContext } from './find-context.ts';
import type { ListContext, ListInput } from './list-context.ts';

/** A database that a list is moved from or to, which its person has approved. */
export interface MovingPlace {
  readonly connection: Connection;
  /** Its URL, without a secret. */
  readonly url: string;
  readonly workspace: ListContext['workspace'];
  /** Remembers that the list is there, and that the database answers. */
  remember(): void;
}

/**
 * Finds the database that a front door means, for a list that it may not have yet.
 *
 * @throws DocketError `not_initialised`, `not_trusted`, `invalid_config`
 */
export function findMovingPlace(input: ListInput): MovingPlace {
  const { env } = input;
  const context = findListContext(input);
  return {
    connection: planConnection(context, env),
    url: databaseUrl(context.database),
    workspace: context.workspace,
    remember() {
      markKnownList(stateFolder(env), snapshotIdOf(context));
      resetBreaker(stateFolder(env), snapshotIdOf(context));
    },
  };
}
