import { ownerOf, sessionTag, spellActor } from '../worker.ts';
import { foldText, missingWords, parseSearch } from './search.ts';
import type { Claim, Priority, Task, TaskType } from './task.ts';

/** Which tasks a list has. A field that is not given leaves none out. */
export interface TaskFilter {
  /** Those that the reader holds, in this session or another of the same person. */
  readonly mine?: boolean | undefined;
  /** Those that somebody holds: `alice`, `alice@one`, or one of the sessions, `alice#f463`. */
  readonly who?: string | undefined;
  /** Those that are meant for an agent, or that it works on. */
  readonly agent?: string | undefined;
  /** Those for a client or of a project, by its name; empty text for those without. */
  readonly client?: string | undefined;
  readonly project?: string | undefined;
  readonly types?: readonly TaskType[] | undefined;
  readonly priorities?: readonly Priority[] | undefined;
  /** Those that have each of these labels. */
  readonly labels?: readonly string[] | undefined;
  /** Everything below the task of this key. */
  readonly parent?: string | undefined;
  /** Those that have each of these words in their title or description, in whatever case. */
  readonly text?: string | undefined;
}

/** Whether a filter can leave something out. */
export function hasFilter(filter: TaskFilter): boolean {
  return Object.values(filter).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false,
  );
}

/** The orders that a list can be asked for in; newest first by time. */
export const sortWords = ['priority', 'created', 'updated', 'title', 'key'] as const;
export type SortWord = (typeof sortWords)[number];

/** The fields of a task that filters and orders look at, beyond those that SQL can compare. */
export interface FilterFacts
  extends Pick<
    Task,
    'assignedAgent' | 'clientId' | 'projectId' | 'labels' | 'title' | 'description'
  > {
  readonly claim: Pick<Claim, 'session' | 'agent' | 'actor'> | null;
}

/** The ids of the client and the project that a filter names; null for none, undefined for any. */
export interface FilterIds {
  readonly clientId: string | null | undefined;
  readonly projectId: string | null | undefined;
}

/** Makes the part of a filter that compares people's words, as every engine has its own rules. */
export function matcherOf(
  { mine, who, agent, labels = [], text }: TaskFilter,
  {
    reader,
    clientId,
    projectId,
  }: FilterIds & { readonly reader: Pick<Claim, 'session' | 'actor'> },
): (facts: FilterFacts) => boolean {
  const words = parseSearch(text ?? '');
  const wanted = labels.map((label) => foldText(label.replace(/^#+/, '')));
  return ({ claim, ...task }) => {
    if (!wanted.every((label) => task.labels.some((each) => foldText(each) === label)))
      return false;
    if (clientId !== undefined && task.clientId !== clientId) return false;
    if (projectId !== undefined && task.projectId !== projectId) return false;
    if (mine && !(claim !== null && isOwn(claim, reader))) return false;
    if (who !== undefined && !(claim !== null && isHeldBy(claim, who))) return false;
    if (agent !== undefined && !isOfAgent(agent, [task.assignedAgent, claim?.agent])) return false;
    return missingWords(words, [task.title, task.description]).length === 0;
  };
}

/** Whether a claim is the reader's own: of this session, or of another one of the same person. */
function isOwn(claim: Pick<Claim, 'session' | 'actor'>, reader: typeof claim): boolean {
  const { session, actor } = reader;
  return [claim.session, ownerOf(claim.session)].includes(session) || claim.actor === actor;
}

/** Whether a name means the holder of a claim, as lists spell it or shorter. */
function isHeldBy({ actor, session, agent }: NonNullable<FilterFacts['claim']>, who: string) {
  const names = [actor, spellActor(actor), actor.replace(/@.*/s, '')];
  const tag = sessionTag(session);
  const sessions = [session, tag, ...names.map((name) => `${name}${tag}`)];
  const forms = [...names, ...sessions, ...sessions.map((form) => `${form}/${agent}`)];
  const wanted = foldText(who.trim());
  return forms.some((form) => form !== '' && foldText(form) === wanted);
}

function isOfAgent(agent: string, names: readonly (string | null | undefined)[]): boolean {
  const wanted = foldText(agent.trim());
  return names.some((name) => name && foldText(name) === wanted);
}
