import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CliHarness, openCliHarness } from '../cli/cli-harness.ts';

/** A server as deploy/ runs it. */
export interface DeployedServer {
  readonly port: number;
  /** The folder of what make-secrets has made. */
  readonly secrets: string;
}

export function urlOf({ port }: Pick<DeployedServer, 'port'>): string {
  return `mysql://127.0.0.1:${port}/docket`;
}

/** The administrator's password. */
export function rootPassword({ secrets }: Pick<DeployedServer, 'secrets'>): string {
  return readFileSync(join(secrets, 'root-password'), 'utf8');
}

/** A person who has the authority's certificate, as the page says. */
export function person(server: DeployedServer, user: string, password: string): CliHarness {
  const harness = openCliHarness();
  const folder = join(harness.home, 'config/docket');
  mkdirSync(folder, { recursive: true });
  const entry = { user, password, ca: join(server.secrets, 'ca.crt') };
  const file = join(folder, 'credentials.json');
  writeFileSync(file, JSON.stringify({ [urlOf(server)]: entry }), { mode: 0o600 });
  return harness.with({ env: { DOCKET_DATABASE: urlOf(server) } });
}
