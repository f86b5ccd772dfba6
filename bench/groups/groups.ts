import { burstServer, burstSqlite } from './burst.ts';
import { claimsServer, claimsSqlite } from './claims.ts';
import { cli } from './cli.ts';
import { deny } from './deny.ts';
import { edits } from './edits.ts';
import { fleetServer, fleetSqlite } from './fleet.ts';
import type { Group } from './group.ts';
import { memory } from './memory.ts';
import { outage } from './outage.ts';
import { promptServer } from './prompt-server.ts';
import { promptSqlite } from './prompt-sqlite.ts';
import { remote } from './remote.ts';
import { scaleServer, scaleSqlite } from './scale.ts';
import { statusLine } from './status-line.ts';
import { told } from './told.ts';

/** All groups of measurements, in order. */
export const groups: readonly Group[] = [
  promptSqlite,
  promptServer('mariadb'),
  promptServer('dolt'),
  told,
  deny,
  edits,
  outage,
  cli,
  statusLine,
  scaleSqlite,
  scaleServer('mariadb'),
  scaleServer('dolt'),
  remote('mariadb'),
  remote('dolt'),
  memory,
  burstSqlite,
  burstServer('mariadb'),
  burstServer('dolt'),
  claimsSqlite,
  claimsServer('mariadb'),
  claimsServer('dolt'),
  fleetSqlite,
  fleetServer('mariadb'),
  fleetServer('dolt'),
];
