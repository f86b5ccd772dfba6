/** Text between two `**`: no star in it, and no backslash at its end, ends the bold type early. */
export function boldText(line: string): string {
  return /\*|\\$/.test(line) ? line.replace(/[*\\]/g, '\\$&') : line;
}
