import { staleAfter } from './limits.ts';

/** The session that holds a claim, as far as it is known. */
export interface HolderSession {
  readonly id: string;
  readonly lastSeenAt: string;
  readonly endedAt: string | null;
  readonly processScope: string | null;
  readonly processId: number | null;
  readonly processStart: string | null;
}

/** This machine's processes, as far as they can be asked. */
export interface ProcessProbe {
  /** Names the boot and process-id namespace in which process ids mean something. */
  readonly scope: string | null;
  isAlive(id: number, start: string): boolean;
}

/** Sessions of a person at a terminal are named with this prefix. */
export const terminalPrefix = 'terminal:';

/**
 * Sessions of orchestrators are named with this prefix: an orchestrator takes back what they hold.
 */
export const orchestratorPrefix = 'run:';

/**
 * Tells whether a claim's holder has gone: its session ended; or its process is gone, where this
 * machine can see it; or, elsewhere, it has been silent for too long. `now` is the database's
 * clock.
 */
export function isStale(
  claim: { readonly session: string; readonly since: string },
  holder: HolderSession | undefined,
  { now, probe }: { now: string; probe: ProcessProbe },
): boolean {
  if (holder?.endedAt) return true;
  if (
    holder !== undefined &&
    holder.processId !== null &&
    holder.processStart !== null &&
    holder.processScope !== null &&
    holder.processScope === probe.scope
  ) {
    return !probe.isAlive(holder.processId, holder.processStart);
  }
  const limit = claim.session.startsWith(terminalPrefix) ? staleAfter.terminal : staleAfter.session;
  const seen = Math.max(Date.parse(claim.since), Date.parse(holder?.lastSeenAt ?? claim.since));
  return Date.parse(now) - seen > limit;
}
