import type { Archived } from '../../model/task/archived.ts';
import { renderWhen } from '../text/age.ts';
import { renderKey } from '../text/key.ts';
import { renderActor } from '../text/who.ts';

/** Says when a task was archived, by whom, and how it comes back. */
export function renderArchivedBy(
  archived: Archived,
  { key, at }: { readonly key: string; readonly at: string },
): string {
  const by = renderActor(archived.by);
  return `${renderWhen(archived.at, at)} by ${by}; docket reopen ${renderKey(key)} brings it back`;
}
