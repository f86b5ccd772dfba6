import { existsSync } from 'node:fs';
import type { PhaseResult } from '../../model/answers/verify.ts';
import type { Connection } from '../../model/connection.ts';
import { DocketError } from '../../model/errors.ts';
import { openStore } from '../../tracker/database/open.ts';
import { removeThrowAway } from '../../tracker/database/throw-away.ts';
import { installationOf } from '../installation.ts';
import { phases } from '../phases/all.ts';
import type { Verification } from '../verify/phase.ts';
import { type PhaseWatch, runPhases } from '../verify/run-phases.ts';
import { type StageOptions, setStage } from '../verify/stage.ts';

export interface VerifyOptions extends StageOptions, PhaseWatch {}

export interface Verified {
  readonly phases: readonly PhaseResult[];
  readonly milliseconds: number;
  /** The slug of the list that the phases worked on. */
  readonly list: string;
  /** Why that list is still there. */
  readonly notRemoved?: string;
  /** The slugs of lists that were left by verifications before, and removed. */
  readonly leftOver: readonly string[];
}

/** Milliseconds after which a verification gives up: no list of its own lives longer. */
const longest = 15 * 60_000;

/**
 * Runs all phases in a list of its own, with this machine's docket as processes, and removes that
 * list again, also when it is stopped.
 *
 * @throws DocketError `not_initialised` where docket is not installed, `invalid_config`
 */
export async function verify(options: VerifyOptions): Promise<Verified> {
  if (!existsSync(installationOf(options.env).command)) {
    throw new DocketError('not_initialised', 'docket is not installed, so that no session has it', {
      hint: "./scripts/setup in docket's clone",
    });
  }
  const started = performance.now();
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(longest)]);
  const { verification, clear } = await setStage({ ...options, signal });
  try {
    const results = await runPhases(phases, verification, { ...options, signal });
    const milliseconds = Math.round(performance.now() - started);
    const notRemoved = await removeList(options.connection, verification);
    return {
      ...{ phases: results, milliseconds, list: verification.workspace.slug },
      ...(notRemoved === undefined ? {} : { notRemoved }),
      leftOver: verification.leftOver,
    };
  } finally {
    await clear();
  }
}

/** Whoever was ended may have a last statement under way at the server. */
const attempts = 3;

/** Removes the list; says why not where that fails. */
async function removeList(
  connection: Connection,
  { isMade, workspace }: Verification,
): Promise<string | undefined> {
  let reason: string | undefined;
  for (let attempt = 1; isMade && attempt <= attempts; attempt += 1) {
    try {
      const store = await openStore(connection);
      try {
        await removeThrowAway(store, workspace);
        return undefined;
      } finally {
        await store.close();
      }
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  return reason;
}
