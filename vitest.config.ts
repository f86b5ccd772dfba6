import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { requestedEngines, requestedName } from './test/engines/requested/engines.ts';

const servers = 'test/**/*.server.test.ts';
/** What is tested of engines on request: of each, and of those that have several members. */
const ofEngines = 'test/**/*.engine.test.ts';
const ofClusters = 'test/**/*.cluster.test.ts';
const endToEnd = 'test/e2e/**';

interface ProjectOptions {
  readonly include: readonly string[];
  readonly timeZone: 'UTC' | 'America/New_York';
  readonly needsServers?: boolean;
  readonly isRequested?: boolean;
}

// mysql2 stores local times unless told otherwise, and its own round trip hides it: what touches
// time runs in two time zones.
function project(
  name: string,
  { include, timeZone, needsServers = false, isRequested = false }: ProjectOptions,
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [...include],
      exclude: [
        endToEnd,
        ...(needsServers || isRequested ? [] : [servers]),
        ...(isRequested ? [] : [ofEngines, ofClusters]),
      ],
      globalSetup: needsServers ? ['test/engines/start-servers.ts'] : [],
      env: { TZ: timeZone },
      provide: { timeZone },
    },
  };
}

const zoneTest = 'test/engines/time-zone.test.ts';

const requested = requestedName();

/** `./scripts/test --engine NAME`: that engine alone. */
const onRequest =
  requested === undefined
    ? undefined
    : [
        project('engine', {
          include: requestedEngines[requested].members > 1 ? [ofEngines, ofClusters] : [ofEngines],
          timeZone: 'UTC',
          isRequested: true,
        }),
        project('engine-new-york', {
          include: ['test/conformance/**/*.engine.test.ts'],
          timeZone: 'America/New_York',
          isRequested: true,
        }),
      ];

export default defineConfig({
  test: {
    pool: 'forks',
    // Each file that is about an engine on request starts all its servers.
    maxWorkers: requested === undefined ? 2 : 1,
    retry: 0,
    setupFiles: ['test/property-seed.ts'],
    // For machines that are busy with something else: a deadline of docket's own is asserted by an
    // injected clock, never by these.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    projects: onRequest ?? [
      project('sqlite', { include: ['test/**/*.test.ts'], timeZone: 'UTC' }),
      project('sqlite-new-york', {
        include: ['test/conformance/**/*.test.ts', zoneTest],
        timeZone: 'America/New_York',
      }),
      project('servers', { include: [servers, zoneTest], timeZone: 'UTC', needsServers: true }),
      project('servers-new-york', {
        include: ['test/conformance/**/*.server.test.ts', zoneTest],
        timeZone: 'America/New_York',
        needsServers: true,
      }),
    ],
  },
});
