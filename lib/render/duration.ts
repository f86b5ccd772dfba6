/** How long something took: `25 min`, `3.5 h`, `2.1 d`. */
export function renderDuration(minutes: number): string {
  if (minutes < 1) return '<1 min';
  if (minutes < 99.5) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `${round(hours)} h` : `${round(hours / 24)} d`;
}

/** One digit after the point, where there is one. */
function round(value: number): string {
  return value < 100 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}
