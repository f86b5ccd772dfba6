import type { StoreError } from '../errors.ts';
import { connect, type MysqlConnection } from './wire/connection.ts';
import { spellPlace } from './wire/explain-outage.ts';
import { inOrder, isCluster, membersOf, noMember } from './wire/members.ts';
import { isClosed } from './wire/not-serving.ts';
import { reach } from './wire/reach.ts';
import type { MysqlOpenOptions, MysqlTarget } from './wire/target.ts';

/** A connection, and the target with the member first that it leads to. */
export interface LoggedIn {
  readonly connection: MysqlConnection;
  readonly target: MysqlTarget;
}

/** Logs in at a server, of a cluster at the first member that lets anybody in. @throws StoreError */
export async function logIn(
  target: MysqlTarget,
  options: Pick<MysqlOpenOptions, 'onFirstByte' | 'socket'>,
): Promise<LoggedIn> {
  if (!isCluster(target)) return { connection: await connect(target, options), target };
  const failures = new Map<string, StoreError>();
  let at = options.socket === undefined ? await reach(target) : { socket: options.socket, target };
  for (;;) {
    try {
      const connection = await connect(at.target, { ...options, socket: at.socket });
      const passed = membersOf(target).filter((each) => failures.has(spellPlace(each)));
      return { connection, target: inOrder(target, [...membersOf(at.target), ...passed]) };
    } catch (error) {
      if (!isClosed(error)) throw error;
      failures.set(spellPlace(at.target), error);
    }
    const [, ...left] = membersOf(at.target);
    if (left.length === 0) throw noMember(failures);
    at = await reach(inOrder(target, left)).catch((error: StoreError) => {
      for (const each of left) failures.set(spellPlace(each), error);
      throw noMember(failures);
    });
  }
}
