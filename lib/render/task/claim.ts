import type { ClaimView } from '../../model/answers/task.ts';
import { renderAge, renderAgo } from '../text/age.ts';
import { safeLine } from '../text/safe-text.ts';
import { renderActor } from '../text/who.ts';

/** The session that reads, and the time by the database's clock. */
export interface RenderContext {
  readonly session: string;
  readonly at: string;
}

/**
 * Says who works on a task and since when: `you, 12 min`, `bob@two, 3 h, stale: last seen 2 h ago`.
 */
export function renderClaim(claim: ClaimView, { session, at }: RenderContext): string {
  const who = claim.session === session ? 'you' : renderActor(claim.actor);
  const agent = claim.agent === 'main' ? '' : ` (agent ${safeLine(claim.agent, 40)})`;
  const seen = renderAgo(claim.lastSeenAt ?? claim.since, at);
  const stale = claim.stale ? `, stale: last seen ${seen}` : '';
  return `${who}${agent}, ${renderAge(claim.since, at)}${stale}`;
}
