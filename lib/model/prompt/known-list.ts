import type { HolderSession } from '../liveness.ts';
import { type PromptClaim, type PromptList, promptLimits } from './list.ts';

/**
 * Turns a list that was read for one session into what another session sees, at another time: the
 * tasks are the same, which the caller has checked; whose they are and who is alive differ.
 *
 * @returns undefined when it does not hold every claim, so that some of the other's may be missing.
 */
export function seenBy(
  list: PromptList,
  session: string,
  { at, holders }: { readonly at: string; readonly holders: ReadonlyMap<string, HolderSession> },
): PromptList | undefined {
  const claims = [...list.mine, ...list.others];
  if (list.counts.inProgress !== claims.length) return undefined;
  const order = new Map(list.known?.claims.map((key, index) => [key, index]));
  const position = ({ key }: PromptClaim) => order.get(key) ?? 0;
  const inOrder = claims
    .map((claim) => ({ ...claim, holder: holders.get(claim.session) ?? null }))
    .sort((a, b) => position(a) - position(b));
  const isMine = (claim: PromptClaim) => claim.session === session;
  return {
    ...list,
    at,
    mine: inOrder.filter(isMine).slice(0, promptLimits.mine),
    others: inOrder.filter((claim) => !isMine(claim)).slice(0, promptLimits.others),
  };
}
