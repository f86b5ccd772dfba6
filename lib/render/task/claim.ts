import type { ClaimView } from '../../model/answers/task.ts';
import { mainAgent } from '../../model/worker.ts';
import { renderAge, renderAgo } from '../text/age.ts';
import { safeLine } from '../text/safe-text.ts';
import { absenceWords, renderWho } from '../text/who.ts';

/** The session that reads, and the time by the database's clock. */
export interface RenderContext {
  readonly session: string;
  readonly at: string;
}

/**
 * Says who works on a task and since when: `you, 12 min`, `bob#f463, 3 h`, or how the holder has
 * gone: `bob#f463, 3 h, abandoned: session ended 2 h ago`.
 */
export function renderClaim(claim: ClaimView, { session, at }: RenderContext): string {
  const agent = claim.agent === mainAgent ? '' : ` (agent ${safeLine(claim.agent, 40)})`;
  const who = claim.session === session ? `you${agent}` : renderWho(claim);
  const seen = renderAgo(claim.lastSeenAt ?? claim.since, at);
  const gone = claim.absence === null ? '' : `, abandoned: ${absenceWords[claim.absence]} ${seen}`;
  return `${who}, ${renderAge(claim.since, at)}${gone}`;
}
