import type { ClaimView } from '../../model/answers/task.ts';
import { mainAgent, ownerOf } from '../../model/worker.ts';
import { renderAge, renderAgo } from '../text/age.ts';
import { safeLine } from '../text/safe-text.ts';
import type { Paint } from '../text/style.ts';
import { absenceWords, renderBranch, renderWho } from '../text/who.ts';

/** The session that reads, and the time by the database's clock. */
export interface RenderContext {
  readonly session: string;
  readonly at: string;
}

/**
 * Says who works on a task, since when and where: `you, 12 min`, `bob#f463, 3 h, branch fix-login`,
 * or how the holder has gone: `bob#f463, session ended 2 h ago`.
 */
export function renderClaim(claim: ClaimView, context: RenderContext): string {
  const { session, at } = context;
  const agent = claim.agent === mainAgent ? '' : ` (agent ${safeLine(claim.agent, 40)})`;
  // Whoever reads is not gone, whatever the session's last sign of life.
  const isOwn = claim.session === session;
  const who = isOwn ? `you${agent}` : renderWho(claim);
  if (isOwn || claim.absence === null) {
    return `${who}, ${renderAge(claim.since, at)}${renderBranch(claim, context)}`;
  }
  const seen = renderAgo(claim.lastSeenAt ?? claim.since, at);
  return `${who}, ${absenceWords[claim.absence]} ${seen}${renderBranch(claim, context)}`;
}

/** The colour of a claim: the reader's own, another's, or one whose holder has gone. */
export function claimPaint(
  { absence, session }: Pick<ClaimView, 'absence' | 'session'>,
  reader: Pick<RenderContext, 'session'>,
): Paint {
  if (session === reader.session) return 'green';
  if (absence !== null) return 'yellow';
  return ownerOf(session) === reader.session ? 'green' : 'cyan';
}
