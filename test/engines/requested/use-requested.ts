import { afterAll, beforeAll } from 'vitest';
import { type ServerEngine, serverEngineAt } from '../engines.ts';
import {
  type RequestedEngine,
  type RequestedName,
  requestedEngines,
  requestedName,
} from './engines.ts';
import type { RequestedServers } from './servers.ts';

export interface UsedEngine {
  readonly name: RequestedName;
  /** Its first member, as the engine of a suite. */
  readonly engine: ServerEngine;
  /** Its servers, from before the first test of the file. */
  servers(): RequestedServers;
}

// Three servers that copy from each other, on a machine that is busy with something else.
const patience = 600_000;

/** Starts the engine that this run is for before the tests of a file, and ends it after them. */
export function useRequestedEngine(): UsedEngine {
  const name = requestedName();
  if (name === undefined) throw new Error('DOCKET_TEST_ENGINE names no engine to test');
  const wanted: RequestedEngine = requestedEngines[name];
  let started: RequestedServers | undefined;
  const servers = (): RequestedServers => {
    if (started === undefined) throw new Error(`${name} is started before the first test only`);
    return started;
  };
  beforeAll(async () => {
    started = await wanted.start();
  }, patience);
  afterAll(() => started?.stop());
  return { name, engine: serverEngineAt(wanted.engine, () => servers().members[0]), servers };
}
