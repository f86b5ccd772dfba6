/** Says how long something took, in one unit: `25 min`, `3.5 h`, `2.1 d`, `under 1 min`. */
export function renderDuration(minutes: number): string {
  if (minutes < 1) return 'under 1 min';
  if (minutes < 99.5) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `${round(hours)} h` : `${round(hours / 24)} d`;
}

/** Keeps one digit after the point below 100. */
function round(value: number): string {
  return value < 100 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

/** Says how long something took to the minute: `5 min`, `1 h 1 min`, `2 h`, `under 1 min`. */
export function renderMinutes(minutes: number): string {
  if (minutes < 1) return 'under 1 min';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [...(hours > 0 ? [`${hours} h`] : []), ...(rest > 0 ? [`${rest} min`] : [])].join(' ');
}

/**
 * Says what was worked of the time that a task was held, if that was much longer: `1 h of 2 h 5 min:
 * idle time is not counted`, else `1 h`.
 */
export function renderWorked(minutes: number, heldMinutes: number | null): string {
  const worked = renderMinutes(minutes);
  if (heldMinutes === null) return worked;
  return `${worked} of ${renderMinutes(heldMinutes)}: idle time is not counted`;
}

/** Says minutes as a column of a bill has them, with two digits: `45 min`, `-2 h 05 min`. */
export function renderHours(minutes: number): string {
  if (minutes < 0) return `-${renderHours(-minutes)}`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return hours === 0 ? `${rest} min` : `${hours} h ${String(rest).padStart(2, '0')} min`;
}
