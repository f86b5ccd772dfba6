import { findHookContext, type HookContext } from '../../lib/briefing/hook-context.ts';
import type { HookUser } from '../hooks/hook-user.ts';

/** What the hooks of a person's session work with. */
export function hookContextOf(person: HookUser, session = 'session-a'): HookContext {
  const found = findHookContext({ session_id: session, cwd: person.project }, person.env);
  if (found === undefined) throw new Error(`session ${session} has no context`);
  return found;
}
