/**
 * The questions that TiDB 8.5 reads another way than along their index, because its optimiser counts
 * on its storage to sort or scan there: all of a client's rows rather than the first ten of them, or
 * one whole index of a table. On a large list they cost more there, which docs/team.md says.
 */
export const otherOnTidb: ReadonlySet<string> = new Set([
  'the work items of a client',
  'the work items of all clients',
  'the work item of a task',
  'what was invoiced of a task',
  'the tasks of a client',
  'the tasks of a project',
  'the insights about a client',
  'the prompt',
  'the prompt of who knows an earlier list',
  'the titles around the newest events',
  'the titles around the newest events of a task',
  'the newest events of a worker',
  'the sessions that may live',
]);
