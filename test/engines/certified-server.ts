import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { RunningServer, StartOptions } from './running-server.ts';

/** A certificate authority of the tests. */
export interface Authority {
  /** Holds its certificate, `ca.pem`. */
  readonly folder: string;
  /** Makes another authority, which vouches for no server; gives its certificate's path. */
  makeOther(): Promise<string>;
  /**
   * Starts a server with a certificate of this authority.
   *
   * @param subject `DNS:localhost` or `IP:127.0.0.1`
   */
  startServer(
    start: (options: StartOptions) => Promise<RunningServer>,
    name: string,
    subject: string,
  ): Promise<RunningServer>;
  remove(): Promise<void>;
}

/** What openssl takes to make an authority. */
const authority = [
  ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'],
  ...['-subj', '/CN=docket test authority'],
];

export async function makeAuthority(): Promise<Authority> {
  // Where the server's own user can read it.
  const folder = await mkdtemp('/tmp/docket-tls-');
  await chmod(folder, 0o755);
  const openssl = async (...args: readonly string[]): Promise<void> => {
    await execa('openssl', args, { cwd: folder });
  };
  await openssl(...authority, '-keyout', 'ca.key', '-out', 'ca.pem');
  return {
    folder,
    makeOther: async () => {
      await openssl(...authority, '-keyout', 'other.key', '-out', 'other.pem');
      return join(folder, 'other.pem');
    },
    startServer: async (start, name, subject) => {
      const [key, request, certificate] = [`${name}.key`, `${name}.csr`, `${name}.pem`];
      await openssl(
        ...['req', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-subj', `/CN=${name}`],
        ...['-out', request],
      );
      await writeFile(join(folder, `${name}.ext`), `subjectAltName=${subject}\n`);
      await openssl(
        ...['x509', '-req', '-in', request, '-CA', 'ca.pem', '-CAkey', 'ca.key'],
        ...['-CAcreateserial', '-CAserial', `${name}.srl`, '-days', '2'],
        ...['-extfile', `${name}.ext`, '-out', certificate],
      );
      await chmod(join(folder, key), 0o644);
      return start({
        args: [`--ssl-cert=${join(folder, certificate)}`, `--ssl-key=${join(folder, key)}`],
      });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
