import { clientVerbs, infrastructureVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import type { TestLists } from '../test-lists.ts';
/** Makes a list whose new tasks are billed to Acme, by quarters of an hour. */
export async function mspList(lists: TestLists, rounding = {}): Promise<Scope> {
  const list = await lists.list();
  await addRegistryEntry(list, clientVerbs, { name: 'Acme', ...rounding });
  await addRegistryEntry(list, infrastructureVerbs, { name: 'D2 Test NAS', client: 'Acme' });
  return { ...list, mode: { mode: 'msp', client: 'Acme' } };
}

/** Says that so many minutes were worked in the run of a task that is under way. */
export async function work(list: Scope, key: string, minutes: number): Promise<void> {
  await claimTask(list, key);
  await list.store.db.run(
    `UPDATE agent_runs SET active_ms = ? WHERE running_task_id =
         (SELECT id FROM tasks WHERE task_key = ?)`,
    [minutes * 60_000, key],
  );
}
