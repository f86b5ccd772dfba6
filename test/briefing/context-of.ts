import { type HookContext, inHookContext } from '../../lib/briefing/hook-context.ts';
import type { HookUser } from '../hooks/hook-user.ts';

/** Where a session of a person stands, as its hooks find it. */
export async function placeOf(person: HookUser, session = 'session-a'): Promise<HookContext> {
  let found: HookContext | undefined;
  await inHookContext({ session_id: session, cwd: person.project }, person.env, {
    work: async (place) => {
      found = place;
      return undefined;
    },
  });
  if (found === undefined) throw new Error(`session ${session} has no place`);
  return found;
}
