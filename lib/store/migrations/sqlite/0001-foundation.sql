-- oldest reader 1, oldest writer 1
CREATE TABLE workspaces (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  guard_token TEXT NOT NULL,
  seq INTEGER NOT NULL DEFAULT 0,
  task_count INTEGER NOT NULL DEFAULT 0,
  root_commit TEXT,
  origin TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
) STRICT;

CREATE INDEX workspaces_by_root_commit ON workspaces (root_commit);

CREATE INDEX workspaces_by_origin ON workspaces (origin);

CREATE TABLE tasks (
  id TEXT PRIMARY KEY,
  task_key TEXT NOT NULL UNIQUE,
  workspace_id TEXT NOT NULL,
  parent_task_id TEXT,
  position INTEGER NOT NULL DEFAULT 0,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
  description TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN ('pending', 'in_progress', 'blocked', 'completed', 'cancelled')),
  task_type TEXT NOT NULL CHECK (task_type IN ('implementation', 'research', 'review', 'testing',
    'deployment', 'documentation', 'bugfix', 'analysis')),
  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 4),
  estimated_complexity TEXT CHECK (estimated_complexity IN ('trivial', 'simple', 'moderate', 'complex')),
  estimated_minutes INTEGER CHECK (estimated_minutes >= 0),
  assigned_agent TEXT,
  claim_session_id TEXT,
  claim_agent_id TEXT,
  claim_actor TEXT,
  claimed_at TEXT,
  blocked_reason TEXT,
  created_session_id TEXT NOT NULL,
  client_id TEXT,
  project_id TEXT,
  billable INTEGER NOT NULL DEFAULT 0 CHECK (billable IN (0, 1)),
  billable_minutes INTEGER CHECK (billable_minutes >= 0),
  task_context TEXT NOT NULL DEFAULT '{}',
  outcome TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  started_at TEXT,
  completed_at TEXT,
  updated_at TEXT NOT NULL,
  revision TEXT NOT NULL,
  queue TEXT NOT NULL CHECK (queue IN ('in_progress', 'blocked', 'ready', 'waiting', 'none')),
  waiting_for TEXT,
  subtask_count INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT claim_is_whole CHECK (
    (claim_session_id IS NULL) = (claim_agent_id IS NULL)
    AND (claim_session_id IS NULL) = (claim_actor IS NULL)
    AND (claim_session_id IS NULL) = (claimed_at IS NULL)),
  CONSTRAINT leaf_in_progress_is_claimed CHECK (
    status <> 'in_progress' OR subtask_count > 0 OR claim_session_id IS NOT NULL),
  CONSTRAINT only_worked_on_is_claimed CHECK (
    claim_session_id IS NULL OR status IN ('in_progress', 'blocked')),
  CONSTRAINT container_is_not_claimed CHECK (subtask_count = 0 OR claim_session_id IS NULL),
  CONSTRAINT container_is_in_no_queue CHECK (subtask_count = 0 OR queue = 'none'),
  CONSTRAINT blocked_leaf_has_reason CHECK (
    status <> 'blocked' OR subtask_count > 0 OR blocked_reason IS NOT NULL),
  CONSTRAINT waiting_has_blocker CHECK ((queue = 'waiting') = (waiting_for IS NOT NULL)),
  CONSTRAINT closed_has_time CHECK (
    (status IN ('completed', 'cancelled')) = (completed_at IS NOT NULL)),
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (parent_task_id) REFERENCES tasks (id)
) STRICT;

CREATE INDEX tasks_by_queue ON tasks (workspace_id, queue, priority, created_at, id);

CREATE INDEX tasks_by_status ON tasks (workspace_id, status, priority, created_at, id);

CREATE INDEX tasks_by_status_everywhere ON tasks (status, priority, created_at, id);

CREATE INDEX tasks_by_parent ON tasks (parent_task_id, position);

CREATE INDEX tasks_by_claim ON tasks (claim_session_id);

CREATE TABLE task_dependencies (
  task_id TEXT NOT NULL,
  depends_on_id TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('blocks', 'related', 'discovered_from')),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (task_id, depends_on_id, type),
  CONSTRAINT not_itself CHECK (task_id <> depends_on_id),
  FOREIGN KEY (task_id) REFERENCES tasks (id),
  FOREIGN KEY (depends_on_id) REFERENCES tasks (id)
) STRICT;

CREATE INDEX task_dependencies_by_target ON task_dependencies (depends_on_id, type);

CREATE TABLE task_notes (
  id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL,
  body TEXT NOT NULL,
  actor TEXT NOT NULL,
  session_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  FOREIGN KEY (task_id) REFERENCES tasks (id)
) STRICT;

CREATE INDEX task_notes_by_task ON task_notes (task_id, created_at, id);

CREATE TABLE task_events (
  workspace_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  task_id TEXT,
  verb TEXT NOT NULL,
  actor TEXT NOT NULL,
  session_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  run_id TEXT,
  request_id TEXT,
  old_value TEXT,
  new_value TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (workspace_id, seq),
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (task_id) REFERENCES tasks (id)
) STRICT;

CREATE INDEX task_events_by_task ON task_events (task_id, seq);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  workspace_id TEXT,
  actor TEXT NOT NULL,
  host TEXT NOT NULL,
  process_scope TEXT,
  process_id INTEGER,
  process_start TEXT,
  cwd TEXT,
  started_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  ended_at TEXT,
  end_reason TEXT
) STRICT;

CREATE INDEX sessions_by_process ON sessions (process_scope, process_id);
