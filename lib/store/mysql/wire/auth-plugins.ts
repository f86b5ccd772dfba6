import type { AuthPlugin } from 'mysql2';
import type { MysqlTarget } from './target.ts';

// Measured with mysql2 3.24: on a server's word it sends the password in clear by
// sha256_password, and encrypted with a key that the same server has just named by
// caching_sha2_password. Whoever answers on the database's port would have it.
const revealing = ['mysql_clear_password', 'sha256_password', 'mysql_old_password', 'dialog'];

/**
 * Replaces mysql2's answers to the ways of logging in that reveal the password. What is left is
 * mysql_native_password, a challenge; over verified TLS, or when there is no password to reveal,
 * caching_sha2_password too.
 */
export function authPlugins({
  tls,
  password,
}: Pick<MysqlTarget, 'tls' | 'password'>): Record<string, AuthPlugin> {
  const refused =
    tls === 'verify' || password === '' ? revealing : [...revealing, 'caching_sha2_password'];
  return Object.fromEntries(
    refused.map((method) => [
      method,
      () => {
        throw new Error(
          method === 'caching_sha2_password'
            ? `the server asks for the password by ${method}, which is only safe over TLS with a verified certificate`
            : `the server asks for the password by ${method}, which would reveal it`,
        );
      },
    ]),
  );
}
