import { idleAfter } from '../../model/limits.ts';
import { terminalPrefix } from '../../model/liveness.ts';
import type { Dialect } from '../contract.ts';

/**
 * Expression for the milliseconds that a session (`s`) has been active until now: each sign of life
 * adds the time since the one before, so that what exceeds `idleAfter` is cut as idle.
 */
export function activeSoFar(dialect: Dialect): string {
  return `(s.active_ms + CASE WHEN s.ended_at IS NULL THEN ${sinceLastSeen(dialect, 's.')} ELSE 0 END)`;
}

/** Expression for the active part of the time since a session's last sign of life. */
export function sinceLastSeen(dialect: Dialect, prefix = ''): string {
  const gap = dialect.millisecondsBetween(`${prefix}last_seen_at`, dialect.now);
  const { session, terminal } = idleAfter;
  const longest = `CASE WHEN ${prefix}id LIKE '${terminalPrefix}%' THEN ${terminal} ELSE ${session} END`;
  return `(CASE WHEN ${gap} < 0 THEN 0 WHEN ${gap} < ${longest} THEN ${gap} ELSE ${longest} END)`;
}
