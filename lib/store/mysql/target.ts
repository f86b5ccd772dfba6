/** A database behind the MySQL protocol, and how this person gets in. Never logged: it holds a password. */
export interface MysqlTarget {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Empty for a user without one. */
  readonly password: string;
  /** `verify`: the server's certificate must be valid for `host`. `off`: no TLS at all. */
  readonly tls: 'verify' | 'off';
}
