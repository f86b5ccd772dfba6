import { hostName } from './account.ts';
import { osUser } from './credentials.ts';
import type { Env } from './paths.ts';

/** Names who acts, for the record: DOCKET_ACTOR, else user@host with the host's short name. */
export function plainActor(env: Env): string {
  return (
    env.DOCKET_ACTOR?.replace(/\s+/g, ' ').trim().slice(0, 200) || `${osUser(env)}@${hostOf()}`
  );
}

export function hostOf(): string {
  return hostName().split('.')[0] || 'localhost';
}

export function actorOf(env: Env): string {
  return plainActor(env);
}
