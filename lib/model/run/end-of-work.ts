const timeOfDay = /^(\d\d):(\d\d)$/;

/**
 * Gives the moment at which work ended. A time without a day is the first such time after the start,
 * in the time zone of the process: a clock that was forgotten on Friday ends on Friday. Where that
 * is still to come it is the one before, which no work can end at.
 *
 * @param end ISO 8601 or `17:30`.
 * @returns ISO 8601, UTC.
 */
export function endOfWork(end: string, startedAt: string, now: string): string {
  const [, hour, minute] = timeOfDay.exec(end) ?? [];
  if (hour === undefined) return new Date(end).toISOString();
  const start = new Date(startedAt);
  const onDay = (days: number) => {
    const day = new Date(start.getFullYear(), start.getMonth(), start.getDate() + days);
    day.setHours(Number(hour), Number(minute), 0, 0);
    return day.toISOString();
  };
  // A start within that very minute is no reason to wait a day.
  const today = onDay(0);
  const isAfter = today >= start.toISOString() || today.slice(0, 16) === startedAt.slice(0, 16);
  const first = isAfter ? today : onDay(1);
  return first > now && !isAfter ? today : first;
}
