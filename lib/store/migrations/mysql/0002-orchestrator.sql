-- oldest reader 1, oldest writer 2
-- An older writer would complete a task without ending its run and without its work item.
-- No foreign key to workspaces and tasks, of which no row is ever deleted: Dolt 1.84 loads all that
-- refer to a table for each UPDATE of it, 6 ms instead of 2 with a dozen of them (a claim: 36 and 24).

CREATE TABLE IF NOT EXISTS clients (
  id VARCHAR(36) PRIMARY KEY,
  workspace_id VARCHAR(36) NOT NULL,
  slug VARCHAR(64) NOT NULL,
  name VARCHAR(200) NOT NULL CHECK (name <> ''),
  note LONGTEXT NOT NULL,
  rounding_minutes INT NOT NULL DEFAULT 1 CHECK (rounding_minutes BETWEEN 1 AND 480),
  rounding_mode VARCHAR(8) NOT NULL DEFAULT 'up' CHECK (rounding_mode IN ('up', 'nearest')),
  archived_at DATETIME(3),
  created_at DATETIME(3) NOT NULL,
  created_by VARCHAR(200) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  revision VARCHAR(36) NOT NULL,
  UNIQUE (workspace_id, slug)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS projects (
  id VARCHAR(36) PRIMARY KEY,
  workspace_id VARCHAR(36) NOT NULL,
  slug VARCHAR(64) NOT NULL,
  name VARCHAR(200) NOT NULL CHECK (name <> ''),
  client_id VARCHAR(36),
  repository VARCHAR(500),
  feature_spec LONGTEXT,
  note LONGTEXT NOT NULL,
  archived_at DATETIME(3),
  created_at DATETIME(3) NOT NULL,
  created_by VARCHAR(200) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  revision VARCHAR(36) NOT NULL,
  UNIQUE (workspace_id, slug),
  FOREIGN KEY (client_id) REFERENCES clients (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS infrastructure (
  id VARCHAR(36) PRIMARY KEY,
  workspace_id VARCHAR(36) NOT NULL,
  slug VARCHAR(64) NOT NULL,
  name VARCHAR(200) NOT NULL CHECK (name <> ''),
  client_id VARCHAR(36),
  kind VARCHAR(100),
  note LONGTEXT NOT NULL,
  archived_at DATETIME(3),
  created_at DATETIME(3) NOT NULL,
  created_by VARCHAR(200) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  revision VARCHAR(36) NOT NULL,
  UNIQUE (workspace_id, slug),
  FOREIGN KEY (client_id) REFERENCES clients (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS task_infrastructure (
  task_id VARCHAR(36) NOT NULL,
  infrastructure_id VARCHAR(36) NOT NULL,
  PRIMARY KEY (task_id, infrastructure_id),
  FOREIGN KEY (infrastructure_id) REFERENCES infrastructure (id),
  KEY task_infrastructure_by_target (infrastructure_id, task_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS agent_runs (
  id VARCHAR(36) PRIMARY KEY,
  workspace_id VARCHAR(36) NOT NULL,
  task_id VARCHAR(36) NOT NULL,
  running_task_id VARCHAR(36) UNIQUE,
  agent VARCHAR(100) NOT NULL,
  role VARCHAR(8) NOT NULL CHECK (role IN ('work', 'review')),
  attempt INT NOT NULL CHECK (attempt >= 1),
  cycle INT NOT NULL CHECK (cycle >= 1),
  session_id VARCHAR(128) NOT NULL,
  agent_id VARCHAR(100) NOT NULL,
  actor VARCHAR(200) NOT NULL,
  started_at DATETIME(3) NOT NULL,
  finished_at DATETIME(3),
  status VARCHAR(16) NOT NULL CHECK (status IN ('running', 'completed', 'blocked', 'failed',
    'needs_review', 'released', 'cancelled', 'lost')),
  verdict VARCHAR(8) CHECK (verdict IN ('approved', 'rejected')),
  report LONGTEXT,
  error LONGTEXT,
  cost_micros BIGINT CHECK (cost_micros >= 0),
  active_ms BIGINT NOT NULL DEFAULT 0 CHECK (active_ms >= 0),
  session_active_ms BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT running_has_no_end CHECK (
    (status = 'running' AND running_task_id IS NOT NULL AND finished_at IS NULL)
    OR (status <> 'running' AND running_task_id IS NULL AND finished_at IS NOT NULL)),
  CONSTRAINT running_on_its_task CHECK (running_task_id IS NULL OR running_task_id = task_id),
  KEY agent_runs_by_task (task_id, started_at, id),
  KEY agent_runs_by_time (workspace_id, started_at, id),
  KEY agent_runs_by_session (session_id, running_task_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS task_blocks (
  id VARCHAR(36) PRIMARY KEY,
  workspace_id VARCHAR(36) NOT NULL,
  task_id VARCHAR(36) NOT NULL,
  open_task_id VARCHAR(36) UNIQUE,
  reason VARCHAR(2000) NOT NULL,
  started_at DATETIME(3) NOT NULL,
  ended_at DATETIME(3),
  CONSTRAINT open_has_no_end CHECK (
    (open_task_id IS NOT NULL AND ended_at IS NULL)
    OR (open_task_id IS NULL AND ended_at IS NOT NULL)),
  CONSTRAINT open_on_its_task CHECK (open_task_id IS NULL OR open_task_id = task_id),
  KEY task_blocks_by_task (task_id, started_at, id),
  KEY task_blocks_by_time (workspace_id, started_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS insights (
  id VARCHAR(36) PRIMARY KEY,
  workspace_id VARCHAR(36) NOT NULL,
  client_id VARCHAR(36),
  project_id VARCHAR(36),
  infrastructure_id VARCHAR(36),
  body LONGTEXT NOT NULL,
  source_task_id VARCHAR(36),
  source_run_id VARCHAR(36),
  archived_at DATETIME(3),
  created_at DATETIME(3) NOT NULL,
  created_by VARCHAR(200) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  revision VARCHAR(36) NOT NULL,
  CONSTRAINT about_one_subject CHECK (
    (client_id IS NOT NULL AND project_id IS NULL AND infrastructure_id IS NULL)
    OR (client_id IS NULL AND project_id IS NOT NULL AND infrastructure_id IS NULL)
    OR (client_id IS NULL AND project_id IS NULL AND infrastructure_id IS NOT NULL)),
  FOREIGN KEY (client_id) REFERENCES clients (id),
  FOREIGN KEY (project_id) REFERENCES projects (id),
  FOREIGN KEY (infrastructure_id) REFERENCES infrastructure (id),
  FOREIGN KEY (source_run_id) REFERENCES agent_runs (id),
  KEY insights_by_client (client_id, created_at, id),
  KEY insights_by_project (project_id, created_at, id),
  KEY insights_by_infrastructure (infrastructure_id, created_at, id),
  KEY insights_by_time (workspace_id, created_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS work_items (
  id VARCHAR(36) PRIMARY KEY,
  workspace_id VARCHAR(36) NOT NULL,
  linked_task_id VARCHAR(36) NOT NULL UNIQUE,
  client_id VARCHAR(36) NOT NULL,
  project_id VARCHAR(36),
  category VARCHAR(64) NOT NULL,
  problem LONGTEXT NOT NULL,
  solution LONGTEXT NOT NULL,
  billable_minutes INT NOT NULL CHECK (billable_minutes >= 0),
  session_id VARCHAR(128) NOT NULL,
  affected_systems LONGTEXT NOT NULL,
  technologies LONGTEXT NOT NULL,
  completed_at DATETIME(3) NOT NULL,
  archived_at DATETIME(3),
  created_at DATETIME(3) NOT NULL,
  created_by VARCHAR(200) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  revision VARCHAR(36) NOT NULL,
  FOREIGN KEY (client_id) REFERENCES clients (id),
  FOREIGN KEY (project_id) REFERENCES projects (id),
  KEY work_items_by_client (client_id, completed_at, id),
  KEY work_items_by_time (workspace_id, completed_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE sessions ADD COLUMN active_ms BIGINT NOT NULL DEFAULT 0;

ALTER TABLE tasks ADD COLUMN infrastructure_count INT NOT NULL DEFAULT 0;

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
