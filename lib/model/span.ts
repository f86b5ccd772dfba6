/** Says a span of milliseconds in the coarsest unit that still tells: `now`, `12 min`, `3 h`. */
export function spellSpan(span: number): string {
  const minutes = Math.floor(span / 60_000);
  if (!(minutes >= 1)) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
