import type { Store } from '../../../lib/store/contract.ts';
import { insertRows, taskId, timeOf } from './many-tasks.ts';

const names = 100;

/** Clients and machines for a list that is there, work billed for each task, and what was learnt. */
export async function insertManyClients(
  store: Store,
  { workspaceId, count }: { workspaceId: string; count: number },
): Promise<void> {
  const subjects = Array.from({ length: names }, (_, number) => number);
  const tasks = Array.from({ length: count }, (_, number) => number);
  const named = (number: number) => ({
    workspace_id: workspaceId,
    slug: `client-${number}`,
    name: `Client ${number}`,
    note: '',
    created_at: timeOf(number),
    created_by: 'alice@one',
    updated_at: timeOf(number),
    revision: `revision-${number}`,
  });
  await insertRows(
    store,
    'clients',
    subjects.map((number) => ({ id: clientId(number), ...named(number) })),
  );
  await insertRows(
    store,
    'infrastructure',
    subjects.map((number) => ({ id: `infra-${number}`, ...named(number) })),
  );
  await insertRows(
    store,
    'task_infrastructure',
    tasks.map((number) => ({
      task_id: taskId(number),
      infrastructure_id: `infra-${number % names}`,
    })),
  );
  await insertRows(
    store,
    'work_items',
    tasks.map((number) => ({
      id: `work-${number}`,
      workspace_id: workspaceId,
      linked_task_id: taskId(number),
      client_id: clientId(number % names),
      category: 'research',
      problem: `Task ${number}`,
      solution: '',
      billable_minutes: number,
      session_id: 'session-1',
      affected_systems: '[]',
      technologies: '[]',
      completed_at: timeOf(number),
      created_at: timeOf(number),
      created_by: 'alice@one',
      updated_at: timeOf(number),
      revision: `revision-${number}`,
    })),
  );
  await insertRows(
    store,
    'invoice_lines',
    tasks.map((number) => ({
      id: `line-${number}`,
      workspace_id: workspaceId,
      linked_task_id: taskId(number),
      client_id: clientId(number % names),
      category: 'research',
      problem: `Task ${number}`,
      solution: '',
      billable_minutes: number,
      affected_systems: '[]',
      technologies: '[]',
      correction: 0,
      completed_at: timeOf(number),
      invoiced_at: timeOf(number),
      invoiced_by: 'alice@one',
    })),
  );
  await insertRows(
    store,
    'insights',
    tasks.map((number) => ({
      id: `insight-${number}`,
      workspace_id: workspaceId,
      client_id: number % 2 === 0 ? clientId(number % names) : null,
      infrastructure_id: number % 2 === 0 ? null : `infra-${number % names}`,
      body: `Fact ${number}`,
      created_at: timeOf(number),
      created_by: 'alice@one',
      updated_at: timeOf(number),
      revision: `revision-${number}`,
    })),
  );
}

export function clientId(number: number): string {
  return `client-id-${number}`;
}
