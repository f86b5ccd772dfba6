import type { Server } from '../server.ts';
import type { RequestedServers } from './servers.ts';

export interface RequestedEngine {
  /** Whose words and plans its servers give. */
  readonly engine: Server['engine'];
  readonly members: number;
  /** Whether it tells no users apart, so that none has fewer rights. */
  readonly isWithoutUsers?: boolean;
  start(): Promise<RequestedServers>;
}

/**
 * What `./scripts/test --engine NAME` tests, and nothing else does: each name with how it is started.
 * `scripts/engines get NAME` gets what is needed for it.
 */
export const requestedEngines = {
  galera: {
    engine: 'mariadb',
    members: 3,
    start: async () => (await import('./galera.ts')).startGalera(),
  },
  group: {
    engine: 'mysql',
    members: 3,
    start: async () => (await import('./group.ts')).startGroup(),
  },
  tidb: {
    engine: 'mysql',
    members: 1,
    start: async () => (await import('./tidb.ts')).startTidb(),
  },
  vitess: {
    engine: 'mysql',
    members: 1,
    isWithoutUsers: true,
    start: async () => (await import('./vitess.ts')).startVitess(),
  },
} as const satisfies Readonly<Record<string, RequestedEngine>>;

export type RequestedName = keyof typeof requestedEngines;

/** Whether this run is of an engine that tells no users apart. */
export function isWithoutUsers(): boolean {
  const name = requestedName();
  const wanted: RequestedEngine | undefined = name && requestedEngines[name];
  return wanted?.isWithoutUsers === true;
}

/**
 * The engine that this run was asked to test, by DOCKET_TEST_ENGINE; undefined in any other run.
 * Throws for a name that there is not.
 */
export function requestedName(): RequestedName | undefined {
  const name = process.env.DOCKET_TEST_ENGINE;
  if (name === undefined || name === '') return undefined;
  const names = Object.keys(requestedEngines) as RequestedName[];
  const found = names.find((each) => each === name);
  if (found !== undefined) return found;
  throw new Error(`DOCKET_TEST_ENGINE is ${name}: the engines on request are ${names.join(', ')}`);
}
