import { absenceOf } from '../../model/liveness.ts';
import { type PromptClaim, type PromptTask, promptLimits } from '../../model/prompt/list.ts';
import { mainAgent } from '../../model/worker.ts';
import { renderAge, renderAgo } from '../text/age.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import { absenceWords, renderBranch, renderWho } from '../text/who.ts';
import type { PromptReader } from './reader.ts';

/** Says of a ready task that a review rejected what was done of it. */
export const sentBackWords = 'sent back by its review';

/**
 * Names a task with what is to be said of it: `web-k3f9 P1 Wire the flux valve (acme; you, now)`.
 * Its client and its project come first, where the list tells them.
 */
export function renderTask(
  { key, priority, title, client = '', project = '' }: Omit<PromptTask, 'plan'>,
  fact = '',
): string {
  const names = [client, project].map((name) => safeLine(name, 40));
  const facts = [...names, fact].filter((each) => each !== '').join('; ');
  const line = `${renderKey(key)} P${priority} ${safeLine(title, 120)}`;
  return facts === '' ? line : `${line} (${facts})`;
}

/** Says who works on a task, since when, where, and what was noted last. */
export function renderClaimed(task: PromptClaim, now: string, reader: PromptReader): string {
  const note = task.lastNote === null ? '' : `; last note: ${safeLine(task.lastNote, 80)}`;
  const who = renderHolder(task, reader);
  const since = renderAge(task.since, now);
  return renderTask(task, `${who}, ${since}${renderBranch(task, reader)}${note}`);
}

/** Says of a task whose holder has gone how it can be taken over. */
export function renderAbandoned(task: PromptClaim, now: string, reader: PromptReader): string {
  const how = absence(task, now, reader);
  const words = how === undefined ? '' : `: ${absenceWords[how]}`;
  const seen = renderAgo(task.holder?.lastSeenAt ?? task.since, now);
  const take = reader.stale === undefined ? `: docket claim ${renderKey(task.key)} --steal` : '';
  const who = renderHolder(task, reader);
  return `${renderTask(task, `${who}${words} ${seen}${renderBranch(task, reader)}`)}${take}`;
}

/** Tells how the holder of a claim has gone, if it has. */
export function absence(task: PromptClaim, now: string, { probe }: PromptReader) {
  return absenceOf(task, task.holder ?? undefined, { now, probe });
}

/** Names the holder of a claim, from the reader's point of view. */
export function renderHolder(
  { session, agent, actor }: Pick<PromptClaim, 'session' | 'agent' | 'actor'>,
  reader: PromptReader,
): string {
  if (session !== reader.session) return renderWho({ session, agent, actor }, 40);
  if (agent === (reader.agent ?? mainAgent)) return 'you';
  const name = agent === mainAgent ? 'the main agent' : safeLine(agent, 24);
  return reader.agent === undefined ? `you, agent ${name}` : `${name} in this session`;
}

/** Writes a number of tasks, which is counted up to a limit. */
export function renderCount(total: number): string {
  return total >= promptLimits.count ? `${promptLimits.count - 1}+` : String(total);
}
