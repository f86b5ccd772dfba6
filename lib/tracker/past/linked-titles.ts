import { mapped, type Request, together } from '../../store/sql/request.ts';
import { archivedByKeys } from '../../store/tables/archived-tasks.ts';
import { titlesByKeys } from '../../store/tables/task-lookups.ts';

/** Asks for the titles of the tasks of these keys, in the list or archived. */
export function titlesRequest(keys: readonly string[]): Request<ReadonlyMap<string, string>> {
  return mapped(together(titlesByKeys(keys), archivedByKeys(keys)), ([titles, archived]) => {
    return new Map([...titles, ...archived.map(({ key, title }) => [key, title] as const)]);
  });
}
