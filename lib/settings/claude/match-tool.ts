/**
 * Whether a matcher of a hook group stands for a tool: all without one, a list of names, or a regular
 * expression where other signs are in it. One that is broken stands for none.
 */
export function matchesTool(matcher: string | undefined, tool: string): boolean {
  if (matcher === undefined || matcher === '' || matcher === '*') return true;
  if (/^[\w|, ]+$/.test(matcher)) return matcher.split(/[|,]/).some((name) => name.trim() === tool);
  try {
    return new RegExp(matcher).test(tool);
  } catch {
    return false;
  }
}
