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
 * How a claim's holder has gone: its session `ended`; it `crashed`, as its process is gone where
 * this machine can see it; or, elsewhere, it has been `silent` for too long.
 */
export const absences = ['ended', 'crashed', 'silent'] as const;
export type Absence = (typeof absences)[number];

/** Tells how a claim's holder has gone, if it has. `now` is the database's clock. */
export function absenceOf(
  claim: { readonly session: string; readonly since: string },
  holder: HolderSession | undefined,
  { now, probe }: { now: string; probe: ProcessProbe },
): Absence | undefined {
  if (holder?.endedAt) return 'ended';
  if (
    holder !== undefined &&
    holder.processId !== null &&
    holder.processStart !== null &&
    holder.processScope !== null &&
    holder.processScope === probe.scope
  ) {
    return probe.isAlive(holder.processId, holder.processStart) ? undefined : 'crashed';
  }
  const limit = claim.session.startsWith(terminalPrefix) ? staleAfter.terminal : staleAfter.session;
  const seen = Math.max(Date.parse(claim.since), Date.parse(holder?.lastSeenAt ?? claim.since));
  return Date.parse(now) - seen > limit ? 'silent' : undefined;
}

/** Adds to a claim whether and how its holder has gone, and when it was last seen. */
export function withAbsence<C extends Parameters<typeof absenceOf>[0]>(
  claim: C,
  holder: HolderSession | undefined,
  moment: Parameters<typeof absenceOf>[2],
): C & {
  readonly stale: boolean;
  readonly absence: Absence | null;
  readonly lastSeenAt: string | null;
} {
  const absence = absenceOf(claim, holder, moment) ?? null;
  return { ...claim, stale: absence !== null, absence, lastSeenAt: holder?.lastSeenAt ?? null };
}

/** Whether a claim is stale: its holder has gone. */
export function isStale(...facts: Parameters<typeof absenceOf>): boolean {
  return absenceOf(...facts) !== undefined;
}
