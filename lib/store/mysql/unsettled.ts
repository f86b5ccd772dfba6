import { StoreError, type StoreErrorCode } from '../errors.ts';
import type { Session } from './session.ts';

/** Says of a COMMIT that nobody knows whether it has happened. */
export function unsettled(error: StoreError, code = error.code): StoreError {
  const message = `the database failed while it was saving, so the change may or may not be there: ${error.message}`;
  return Object.assign(new StoreError(code, message, { cause: error }), {
    isUnsettled: true,
  });
}

/** Runs an attempt to write over a session. */
export type Attempt = <T>(session: Session, work: () => Promise<T>) => Promise<T>;

/**
 * Keeps a change from being made twice that a MySQL group may have taken. A member says 3101 of a
 * COMMIT when another writer was faster, and then the same may be done again. Of a COMMIT that is
 * under way when it leaves its group, and which the others may have taken, MySQL 9.7 says 3100, but
 * earlier ones said 3101 as well; from then on such a member commits nothing more. So after 3101 the
 * member that said it may be asked again, and when it no longer serves, nobody knows.
 *
 * @throws StoreError that is unsettled
 */
export async function settled<T>(write: (attempt: Attempt) => Promise<T>): Promise<T> {
  let doubt: { readonly session: Session; readonly error: StoreError } | undefined;
  try {
    return await write(async (session, work) => {
      if (doubt !== undefined && doubt.session !== session)
        throw unsettled(doubt.error, 'unreachable');
      try {
        return await work();
      } catch (error) {
        if (isRolledBackByGroup(error)) doubt = { session, error };
        throw error;
      }
    });
  } catch (error) {
    const isAway = error instanceof StoreError && away.has(error.code);
    if (doubt === undefined || !isAway || 'isUnsettled' in error) throw error;
    throw unsettled(error);
  }
}

const away: ReadonlySet<StoreErrorCode> = new Set([
  'unreachable',
  'too_many_connections',
  'denied',
]);

function isRolledBackByGroup(error: unknown): error is StoreError {
  if (!(error instanceof StoreError)) return false;
  const { errno } = (error.cause ?? {}) as { readonly errno?: number };
  return errno === 3101;
}
