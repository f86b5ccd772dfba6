import { hostName } from './account.ts';
import { osUser } from './credentials.ts';
import type { Env } from './paths.ts';

/** The name that DOCKET_ACTOR gives. */
export function namedActor(env: Env): string | undefined {
  return env.DOCKET_ACTOR?.replace(/\s+/g, ' ').trim().slice(0, 200) || undefined;
}

/** Names who acts without asking git: DOCKET_ACTOR, else user@host with the host's short name. */
export function plainActor(env: Env): string {
  return namedActor(env) ?? `${osUser(env)}@${hostOf()}`;
}

export function hostOf(): string {
  return hostName().split('.')[0] || 'localhost';
}
