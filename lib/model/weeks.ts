const day = 86_400_000;

/** When the last so many weeks began, Mondays in UTC, the oldest first; the last is under way. */
export function weekStarts(at: string, count: number): readonly string[] {
  const now = new Date(at);
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const monday = midnight - ((now.getUTCDay() + 6) % 7) * day;
  return Array.from({ length: count }, (_, index) =>
    new Date(monday - (count - 1 - index) * 7 * day).toISOString(),
  );
}

/** When the week that began so ends. */
export function weekEnd(start: string): string {
  return new Date(Date.parse(start) + 7 * day).toISOString();
}
