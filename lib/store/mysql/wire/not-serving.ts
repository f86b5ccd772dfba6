import { StoreError } from '../../errors.ts';
import { type DriverError, isUntrusted } from './explain-outage.ts';

/** What a member says that is there and may not serve, before it has done anything. */
const numbers: ReadonlySet<number> = new Set([
  1047, // Galera: outside the primary component, or not caught up yet
  1053, // shutting down
  1290, // read-only: behind the others, or expelled from its group
  1836, // the same
  3032, // in offline mode: expelled from its group
  3100, // its group does not let it write
]);

/** What the whole cluster would say of this user, or of this database. */
const ofAccount: ReadonlySet<number> = new Set([1045, 1049, 1698, 1820, 1862, 3118, 4151]);

/**
 * Whether a member of a cluster is there and may not serve, or has fallen silent, so that another one
 * is asked. What is said of a COMMIT that was sent is no such word, as nobody knows whether it has
 * happened: that error has a StoreError as its cause.
 */
export function isNotServing(error: unknown): boolean {
  if (!(error instanceof StoreError) || error.cause instanceof StoreError) return false;
  const { errno = 0, code, message = '' } = (error.cause ?? {}) as DriverError;
  const isSilent = error.code === 'unreachable' && code === 'ETIMEDOUT';
  return isSilent || numbers.has(errno) || message.includes('no healthy tablet available');
}

/**
 * Whether a member lets this user in as little as anybody else: another one may. One that does not
 * prove who it is is told, be there others or not: somebody must see to it.
 */
export function isClosed(error: unknown): error is StoreError {
  if (!(error instanceof StoreError)) return false;
  const cause = (error.cause ?? {}) as DriverError;
  if (error.code === 'too_many_connections' || isNotServing(error)) return true;
  return error.code === 'unreachable' && !ofAccount.has(cause.errno ?? 0) && !isUntrusted(cause);
}
