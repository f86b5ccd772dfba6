import { expect, test } from 'vitest';
import { roundingModes } from '../../../lib/model/registry/rounding.ts';
import { runRoles, runStatuses, verdicts } from '../../../lib/model/run/run.ts';
import {
  Complexity,
  DependencyType,
  Queue,
  Status,
  TaskType,
} from '../../../lib/model/task/task.ts';
import { mysqlMigrations } from '../../../lib/store/migrations/mysql.gen.ts';

/** The enumerations that the schema stores, by table and column. */
const enumerations: Readonly<Record<string, readonly string[]>> = {
  'tasks.status': Status.options,
  'tasks.task_type': TaskType.options,
  'tasks.estimated_complexity': Complexity.options,
  'tasks.queue': Queue.options,
  'task_dependencies.type': DependencyType.options,
  'clients.rounding_mode': roundingModes,
  'agent_runs.role': runRoles,
  'agent_runs.status': runStatuses,
  'agent_runs.verdict': verdicts,
};

const text = mysqlMigrations.map(({ sql }) => sql).join('\n');
const widths = readWidths(text);

/** Reads the width of each text column; a later statement counts more than an earlier one. */
function readWidths(sql: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let table = '';
  const pattern =
    /(?:CREATE|ALTER) TABLE (?:IF NOT EXISTS )?(?<table>\w+)|(?<column>\w+) VARCHAR\((?<width>\d+)\)/g;
  for (const { groups = {} } of sql.matchAll(pattern)) {
    if (groups.table !== undefined) table = groups.table;
    else found.set(`${table}.${groups.column}`, Number(groups.width));
  }
  return found;
}

test.each(Object.entries(enumerations))('the words of %s fit its column', (column, words) => {
  const width = widths.get(column) ?? 0;
  expect(words.filter((word) => word.length > width)).toEqual([]);
});

test('every column whose words the schema once listed is compared', () => {
  const listed = [...text.matchAll(/VARCHAR\(\d+\)[^,]*? CHECK \((\w+) IN \('/g)].map(
    (match) => match[1],
  );
  const compared = Object.keys(enumerations).map((column) => column.split('.')[1]);
  expect(listed.sort()).toEqual(compared.sort());
});
