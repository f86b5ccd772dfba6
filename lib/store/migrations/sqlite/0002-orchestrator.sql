-- oldest reader 1, oldest writer 2
-- An older writer would complete a task without ending its run and without its work item.

CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  slug TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  note TEXT NOT NULL,
  rounding_minutes INTEGER NOT NULL DEFAULT 1 CHECK (rounding_minutes BETWEEN 1 AND 480),
  rounding_mode TEXT NOT NULL DEFAULT 'up' CHECK (rounding_mode IN ('up', 'nearest')),
  archived_at TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  revision TEXT NOT NULL,
  UNIQUE (workspace_id, slug),
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
) STRICT;

CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  slug TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  client_id TEXT,
  repository TEXT,
  feature_spec TEXT,
  note TEXT NOT NULL,
  archived_at TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  revision TEXT NOT NULL,
  UNIQUE (workspace_id, slug),
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (client_id) REFERENCES clients (id)
) STRICT;

CREATE TABLE infrastructure (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  slug TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  client_id TEXT,
  kind TEXT,
  note TEXT NOT NULL,
  archived_at TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  revision TEXT NOT NULL,
  UNIQUE (workspace_id, slug),
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (client_id) REFERENCES clients (id)
) STRICT;

CREATE TABLE task_infrastructure (
  task_id TEXT NOT NULL,
  infrastructure_id TEXT NOT NULL,
  PRIMARY KEY (task_id, infrastructure_id),
  FOREIGN KEY (task_id) REFERENCES tasks (id),
  FOREIGN KEY (infrastructure_id) REFERENCES infrastructure (id)
) STRICT;

CREATE INDEX task_infrastructure_by_target ON task_infrastructure (infrastructure_id, task_id);

CREATE TABLE agent_runs (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  running_task_id TEXT UNIQUE,
  agent TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('work', 'review')),
  attempt INTEGER NOT NULL CHECK (attempt >= 1),
  cycle INTEGER NOT NULL CHECK (cycle >= 1),
  session_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  status TEXT NOT NULL CHECK (status IN ('running', 'completed', 'blocked', 'failed',
    'needs_review', 'released', 'cancelled', 'lost')),
  verdict TEXT CHECK (verdict IN ('approved', 'rejected')),
  report TEXT,
  error TEXT,
  cost_micros INTEGER CHECK (cost_micros >= 0),
  active_ms INTEGER NOT NULL DEFAULT 0 CHECK (active_ms >= 0),
  session_active_ms INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT running_has_no_end CHECK (
    (status = 'running' AND running_task_id IS NOT NULL AND finished_at IS NULL)
    OR (status <> 'running' AND running_task_id IS NULL AND finished_at IS NOT NULL)),
  CONSTRAINT running_on_its_task CHECK (running_task_id IS NULL OR running_task_id = task_id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (task_id) REFERENCES tasks (id)
) STRICT;

CREATE INDEX agent_runs_by_task ON agent_runs (task_id, started_at, id);

CREATE INDEX agent_runs_by_time ON agent_runs (workspace_id, started_at, id);

CREATE INDEX agent_runs_by_session ON agent_runs (session_id, running_task_id);

CREATE TABLE task_blocks (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  open_task_id TEXT UNIQUE,
  reason TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  CONSTRAINT open_has_no_end CHECK (
    (open_task_id IS NOT NULL AND ended_at IS NULL)
    OR (open_task_id IS NULL AND ended_at IS NOT NULL)),
  CONSTRAINT open_on_its_task CHECK (open_task_id IS NULL OR open_task_id = task_id),
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (task_id) REFERENCES tasks (id)
) STRICT;

CREATE INDEX task_blocks_by_task ON task_blocks (task_id, started_at, id);

CREATE INDEX task_blocks_by_time ON task_blocks (workspace_id, started_at, id);

CREATE TABLE insights (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  client_id TEXT,
  project_id TEXT,
  infrastructure_id TEXT,
  body TEXT NOT NULL,
  source_task_id TEXT,
  source_run_id TEXT,
  archived_at TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  revision TEXT NOT NULL,
  CONSTRAINT about_one_subject CHECK (
    (client_id IS NOT NULL AND project_id IS NULL AND infrastructure_id IS NULL)
    OR (client_id IS NULL AND project_id IS NOT NULL AND infrastructure_id IS NULL)
    OR (client_id IS NULL AND project_id IS NULL AND infrastructure_id IS NOT NULL)),
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (client_id) REFERENCES clients (id),
  FOREIGN KEY (project_id) REFERENCES projects (id),
  FOREIGN KEY (infrastructure_id) REFERENCES infrastructure (id),
  FOREIGN KEY (source_task_id) REFERENCES tasks (id),
  FOREIGN KEY (source_run_id) REFERENCES agent_runs (id)
) STRICT;

CREATE INDEX insights_by_client ON insights (client_id, created_at, id);

CREATE INDEX insights_by_project ON insights (project_id, created_at, id);

CREATE INDEX insights_by_infrastructure ON insights (infrastructure_id, created_at, id);

CREATE INDEX insights_by_time ON insights (workspace_id, created_at, id);

CREATE TABLE work_items (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  linked_task_id TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL,
  project_id TEXT,
  category TEXT NOT NULL,
  problem TEXT NOT NULL,
  solution TEXT NOT NULL,
  billable_minutes INTEGER NOT NULL CHECK (billable_minutes >= 0),
  session_id TEXT NOT NULL,
  affected_systems TEXT NOT NULL,
  technologies TEXT NOT NULL,
  completed_at TEXT NOT NULL,
  archived_at TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  revision TEXT NOT NULL,
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (linked_task_id) REFERENCES tasks (id),
  FOREIGN KEY (client_id) REFERENCES clients (id),
  FOREIGN KEY (project_id) REFERENCES projects (id)
) STRICT;

CREATE INDEX work_items_by_client ON work_items (client_id, completed_at, id);

CREATE INDEX work_items_by_time ON work_items (workspace_id, completed_at, id);

ALTER TABLE sessions ADD COLUMN active_ms INTEGER NOT NULL DEFAULT 0;

ALTER TABLE tasks ADD COLUMN infrastructure_count INTEGER NOT NULL DEFAULT 0;

CREATE INDEX tasks_by_completion ON tasks (workspace_id, completed_at, id, status, subtask_count);

CREATE INDEX tasks_by_creation ON tasks (workspace_id, created_at, id);

CREATE INDEX tasks_by_kind ON tasks (workspace_id, task_type, completed_at, id,
  estimated_complexity, status, subtask_count);

-- What an older docket left in progress or blocked goes on with a run, or a blocked time, as if it had
-- begun here. A task has no other row yet, so its id serves.
INSERT INTO agent_runs (id, workspace_id, task_id, running_task_id, agent, role, attempt, cycle,
  session_id, agent_id, actor, started_at, status)
SELECT t.id, t.workspace_id, t.id, t.id, COALESCE(t.assigned_agent, ''),
  CASE WHEN t.task_type = 'review' THEN 'review' ELSE 'work' END, 1, 1,
  t.claim_session_id, t.claim_agent_id, t.claim_actor, t.claimed_at, 'running'
FROM tasks t
WHERE t.status = 'in_progress' AND t.subtask_count = 0
  AND NOT EXISTS (SELECT 1 FROM agent_runs r WHERE r.running_task_id = t.id);

INSERT INTO task_blocks (id, workspace_id, task_id, open_task_id, reason, started_at)
SELECT t.id, t.workspace_id, t.id, t.id, t.blocked_reason, t.updated_at
FROM tasks t
WHERE t.status = 'blocked' AND t.subtask_count = 0
  AND NOT EXISTS (SELECT 1 FROM task_blocks b WHERE b.open_task_id = t.id);
