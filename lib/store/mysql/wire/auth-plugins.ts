import type { AuthPlugin, authPlugins as plugins } from 'mysql2';
import type { MysqlTarget } from './target.ts';

// Measured with mysql2 3.24: on a server's word it sends the password in clear by
// sha256_password. Whoever answers on the database's port would have it.
const revealing = ['mysql_clear_password', 'sha256_password', 'mysql_old_password', 'dialog'];

type Way = Pick<MysqlTarget, 'tls' | 'socket' | 'password'>;

/**
 * Replaces mysql2's answers to the ways of logging in that reveal the password. What is left are the
 * challenges, mysql_native_password and the one that caching_sha2_password begins with. Where that
 * is not enough to a server, which then asks for the password itself, it gets it over verified TLS
 * or a Unix socket alone: mysql2 would encrypt it with a key that the same server has just named.
 */
export function authPlugins(
  { tls, socket, password }: Way,
  standard: Pick<typeof plugins, 'caching_sha2_password'>,
): Record<string, AuthPlugin> {
  const answer = password === '' ? sayNone : refuse;
  const refused = Object.fromEntries(revealing.map((method) => [method, answer(method)]));
  if (tls === 'verify' || socket !== undefined || password === '') return refused;
  return { ...refused, caching_sha2_password: challengeOnly(standard.caching_sha2_password({})) };
}

/** A user without a password has nothing to reveal, and gets the server's own answer. */
function sayNone(): AuthPlugin {
  return () => () => Buffer.from([0]);
}

function refuse(method: string): AuthPlugin {
  return () => {
    const asked = `the server asks for the password by ${method}, which would reveal it`;
    // MySQL asks by any of its methods of a user that it does not know.
    throw new Error(
      method === 'sha256_password' ? `wrong user name or password, or else ${asked}` : asked,
    );
  };
}

/** What a caching_sha2_password server says when it wants the password itself. */
const fullAuthentication = 4;

function challengeOnly(standard: AuthPlugin): AuthPlugin {
  return (context) => {
    const answer = standard(context);
    return (data) => {
      if (data.length !== 1 || data[0] !== fullAuthentication) return answer(data);
      throw new Error(
        'wrong user name or password, or one that the server has not seen since it started: it asks ' +
          'for the password itself (caching_sha2_password), which it gets only over TLS with a ' +
          'verified certificate or a Unix socket (ca or socket in credentials.json)',
      );
    };
  };
}
