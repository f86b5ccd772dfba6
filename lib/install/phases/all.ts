import type { Phase } from '../verify/phase.ts';
import { claim } from './claim.ts';
import { close } from './close.ts';
import { create } from './create.ts';
import { database } from './database.ts';
import { deny } from './deny.ts';
import { link } from './link.ts';
import { note } from './note.ts';
import { race } from './race.ts';
import { second } from './second.ts';
import { session } from './session.ts';
import { subfolder } from './subfolder.ts';

/** All phases, in their order. */
export const phases: readonly Phase[] = [
  ...[database, session, create, claim, note, link, close, second, subfolder, deny, race],
];
