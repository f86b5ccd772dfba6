import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const servers = 'test/**/*.server.test.ts';
const endToEnd = 'test/e2e/**';

interface ProjectOptions {
  readonly include: readonly string[];
  readonly timeZone: 'UTC' | 'America/New_York';
  readonly needsServers?: boolean;
}

// mysql2 stores local times unless told otherwise, and its own round trip hides it: what touches
// time runs in two time zones.
function project(
  name: string,
  { include, timeZone, needsServers = false }: ProjectOptions,
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [...include],
      exclude: needsServers ? [endToEnd] : [endToEnd, servers],
      globalSetup: needsServers ? ['test/engines/start-servers.ts'] : [],
      env: { TZ: timeZone },
      provide: { timeZone },
    },
  };
}

const zoneTest = 'test/engines/time-zone.test.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    retry: 0,
    setupFiles: ['test/property-seed.ts'],
    // For machines that are busy with something else: a deadline of docket's own is asserted by an
    // injected clock, never by these.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    projects: [
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
