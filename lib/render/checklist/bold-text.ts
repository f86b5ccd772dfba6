/** Text between two `**`: nothing in it ends the bold type before its time. */
export function boldText(line: string): string {
  return /\*\*|^\*|\*$|\\$/.test(line) ? line.replace(/[*\\]/g, '\\$&') : line;
}
