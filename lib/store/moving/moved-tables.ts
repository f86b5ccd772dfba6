import { StoreError } from '../errors.ts';

/** How a column is stored and written to a file. */
export interface MovedColumn {
  readonly name: string;
  readonly kind: 'text' | 'time' | 'integer';
  /** The most characters that every engine takes; undefined: any number. */
  readonly longest: number | undefined;
  readonly isNullable: boolean;
  /** The value where a file lacks it that an older docket wrote. */
  readonly otherwise: string | undefined;
  /** The table whose id it holds. */
  readonly refersTo: string | undefined;
}

/** A table that belongs to a workspace, as it is moved from one database to another. */
export interface MovedTable {
  readonly name: string;
  readonly columns: readonly MovedColumn[];
  /** The columns whose order its rows are read in, beside its workspace. */
  readonly key: readonly string[];
  /** How its rows are found: by their workspace, or by the tasks of it. */
  readonly belongsTo: 'workspace' | 'task';
  /** Whether rows are taken away in everyday use, and not only added and changed. */
  readonly isPruned: boolean;
}

interface Shape extends Partial<Pick<MovedTable, 'key' | 'belongsTo' | 'isPruned'>> {
  /**
   * Each column by its name and its type: the most characters, `text`, `int` or `time`; `?` where
   * it may be NULL, `=` before what it was where it came later; `>` before the table whose id it holds.
   */
  readonly columns: string;
}

const made = 'created_at time, created_by 200';
const changed = 'updated_at time, revision 36';
const entry = `archived_at time?, ${made}, ${changed}`;
const named = 'id 36, workspace_id 36, slug 64, name 200, note text';
const subject = 'client_id 36? >clients, project_id 36? >projects';
const work =
  'category 64, problem text, solution text, billable_minutes int, affected_systems text, technologies text, completed_at time, minutes_from text?';
const worker = 'session_id 128, agent_id 100, actor 200';

/** In the order in which rows may refer to those before them. */
const shapes: Readonly<Record<string, Shape>> = {
  sessions: {
    columns:
      'id 128, workspace_id 36?, actor 200, host 200, process_scope 120?, process_id int?, process_start 64?, cwd 1024?, started_at time, last_seen_at time, ended_at time?, end_reason 64?, active_ms int, branch 100?',
  },
  clients: {
    columns: `${named}, rounding_minutes int, rounding_mode 8, time_zone 64?, rate int?, currency 3?,
      minutes_rule 16=measured, ${entry}`,
  },
  projects: {
    columns: `${named}, client_id 36? >clients, repository 500?, feature_spec text?, ${entry}`,
  },
  infrastructure: { columns: `${named}, client_id 36? >clients, kind 100?, ${entry}` },
  // Before the tasks, which a database that archived them must not have as well.
  archived_tasks: {
    columns: `id 36, workspace_id 36, tree_id 36, task_key 80, title 500, status 16, task_type 32,
      subtask_count int, completed_at time, last_seq int, archived_at time, archived_by 200`,
    isPruned: true,
  },
  archived_lines: {
    columns: 'workspace_id 36, tree_id 36, part int, body text',
    key: ['tree_id', 'part'],
    isPruned: true,
  },
  tasks: {
    columns: `id 36, task_key 80, workspace_id 36, parent_task_id 36? >tasks, position int, place 80,
      title 500, description text, status 16, task_type 32, priority int, estimated_complexity 16?,
      estimated_minutes int?, assigned_agent 100?, claim_session_id 128?, claim_agent_id 100?,
      claim_actor 200?, claimed_at time?, claim_branch 100?, blocked_reason 2000?,
      created_session_id 128, ${subject}, billable int, billable_minutes int?, task_context text,
      outcome text?, ${made}, started_at time?, completed_at time?, ${changed}, queue 16,
      waiting_for 36?, subtask_count int, subtasks_left int, infrastructure_count int, due time?,
      not_before time?, starts_at time?, ready_at time?, labels 2200?, billable_minutes_by 200?`,
  },
  task_dependencies: {
    columns: `task_id 36 >tasks, depends_on_id 36 >tasks, type 32, ${made}`,
    key: ['task_id', 'depends_on_id', 'type'],
    belongsTo: 'task',
    isPruned: true,
  },
  archived_links: {
    columns: `workspace_id 36, task_id 36 >tasks, depends_on_id 36, type 32, ${made}`,
    key: ['task_id', 'depends_on_id', 'type'],
    isPruned: true,
  },
  task_infrastructure: {
    columns: 'task_id 36 >tasks, infrastructure_id 36 >infrastructure',
    key: ['task_id', 'infrastructure_id'],
    belongsTo: 'task',
    isPruned: true,
  },
  former_keys: {
    columns: 'task_key 80, task_id 36 >tasks',
    key: ['task_id', 'task_key'],
    belongsTo: 'task',
    isPruned: true,
  },
  touched_files: {
    // What was edited for no task has none to refer to.
    columns: `workspace_id 36, path 500, session_id 128, task_id 36, agent_id 100, is_new int,
      touches int, first_at time, touched_at time`,
    key: ['path', 'session_id', 'task_id'],
    isPruned: true,
  },
  task_notes: {
    columns: `id 36, task_id 36 >tasks, body text, ${worker}, created_at time`,
    key: ['task_id', 'id'],
    belongsTo: 'task',
  },
  agent_runs: {
    columns: `id 36, workspace_id 36, task_id 36 >tasks, running_task_id 36? >tasks, agent 100, role 8,
      attempt int, cycle int, ${worker}, started_at time, finished_at time?, status 16, verdict 8?,
      report text?, error text?, cost_micros int?, active_ms int, session_active_ms int,
      proposed_minutes int?, clock 16?`,
    isPruned: true,
  },
  task_blocks: {
    columns:
      'id 36, workspace_id 36, task_id 36 >tasks, open_task_id 36? >tasks, reason 2000, started_at time, ended_at time?',
  },
  insights: {
    columns: `id 36, workspace_id 36, ${subject}, infrastructure_id 36? >infrastructure, body text,
      source_task_id 36? >tasks, source_run_id 36? >agent_runs, ${entry}`,
  },
  work_items: {
    columns: `id 36, workspace_id 36, linked_task_id 36 >tasks, client_id 36 >clients,
      project_id 36? >projects, ${work}, session_id 128, ${entry}`,
  },
  invoice_lines: {
    columns: `id 36, workspace_id 36, linked_task_id 36 >tasks, client_id 36 >clients,
      project_id 36? >projects, ${work}, rate int?, currency 3?, correction int, invoiced_at time,
      invoiced_by 200`,
  },
  applied_requests: {
    columns: 'workspace_id 36, request_id 64, seq int, made_at time, applied_at time',
    key: ['request_id'],
  },
  task_events: {
    columns: `workspace_id 36, seq int, task_id 36? >tasks, verb 32, ${worker}, run_id 36?,
      request_id 64?, old_value text?, new_value text?, created_at time`,
    key: ['seq'],
  },
};

/** The tables of a workspace, each after those that its rows refer to; history comes last. */
export const movedTables: readonly MovedTable[] = Object.entries(shapes).map(
  ([name, { columns, key = ['id'], belongsTo = 'workspace', isPruned = false }]) => ({
    name,
    columns: columns.split(',').map((text) => toColumn(text.trim())),
    key,
    belongsTo,
    isPruned,
  }),
);

const byName: ReadonlyMap<string, MovedTable> = new Map(movedTables.map((one) => [one.name, one]));

/** Finds a table by its name. @throws StoreError `failed` when there is none */
export function movedTable(name: string): MovedTable {
  const found = byName.get(name);
  if (found === undefined) throw new StoreError('failed', `${name} is no table of a workspace`);
  return found;
}

function toColumn(text: string): MovedColumn {
  const [name = '', type = '', target] = text.split(/\s+/);
  const [word = '', otherwise] = type.replace('?', '').split('=');
  const kind = word === 'int' ? 'integer' : word === 'time' ? 'time' : 'text';
  return {
    name,
    kind,
    longest: /^\d+$/.test(word) ? Number(word) : undefined,
    isNullable: type.endsWith('?'),
    otherwise,
    refersTo: target?.slice(1),
  };
}
