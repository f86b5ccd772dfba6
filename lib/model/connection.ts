/** A database in a file of this machine. */
export interface FileConnection {
  readonly kind: 'sqlite';
  readonly path: string;
}

/** Where a server listens. */
export interface Host {
  readonly host: string;
  readonly port: number;
}

/** A database on a server that speaks the MySQL protocol, or on each member of a cluster. */
export interface ServerConnection extends Host {
  readonly kind: 'mysql';
  /**
   * The other members of its cluster, each of which has the same databases. They are tried in this
   * order when the first one is away or may not serve.
   */
  readonly others?: readonly Host[] | undefined;
  /** The file that keeps which of them served last, to be tried first; it can be lost. */
  readonly memberFile?: string | undefined;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** `verify`: TLS with a checked certificate; `off`: on loopback, or by the person's approval. */
  readonly tls: 'verify' | 'off';
  /** The authorities, as PEM, that may have signed the certificate; else those of Node.js. */
  readonly ca?: string | undefined;
  /** The path of a Unix socket, which is connected to instead of host and port. */
  readonly socket?: string | undefined;
}

/** Where the list lies and as whom to connect. It holds a secret: never print it, never store it. */
export type Connection = FileConnection | ServerConnection;

type Kind = Connection['kind'];

/** What the rest of docket asks of a database instead of what kind it is. */
interface Traits {
  /** It is a file, found by its path. */
  readonly isLocalFile: boolean;
  /** A network lies between: it can be silent, and it is slower than a file of this machine. */
  readonly needsNetwork: boolean;
  /** It takes a user and a password, and what the user may do is for an administrator to say. */
  readonly needsLogin: boolean;
  /** Any command makes it and its tables, or migrates them; else that takes `docket migrate`. */
  readonly isMadeByUse: boolean;
}

const traits: Readonly<Record<Kind, Traits>> = {
  sqlite: { isLocalFile: true, needsNetwork: false, needsLogin: false, isMadeByUse: true },
  mysql: { isLocalFile: false, needsNetwork: true, needsLogin: true, isMadeByUse: false },
};

/** A connection, or a database that one could connect to. */
interface Target {
  readonly kind: Kind;
}

type InFile<T> = Extract<T, { readonly path: string }>;
type OnServer<T> = Extract<T, { readonly host: string }>;

export function isLocalFile<T extends Target>(target: T): target is InFile<T> {
  return traits[target.kind].isLocalFile;
}

export function needsNetwork<T extends Target>(target: T): target is OnServer<T> {
  return traits[target.kind].needsNetwork;
}

export function needsLogin<T extends Target>(target: T): target is OnServer<T> {
  return traits[target.kind].needsLogin;
}

export function isMadeByUse({ kind }: Target): boolean {
  return traits[kind].isMadeByUse;
}
