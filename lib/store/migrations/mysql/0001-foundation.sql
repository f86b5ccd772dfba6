-- oldest reader 1, oldest writer 1
-- No comparison of two conditions, as in (a IS NULL) = (b IS NULL): Dolt 1.84 keeps a CHECK without
-- its parentheses and then cannot read it, so that every write to the table is a syntax error. No
-- char_length either: there it refuses U+FFFD, which is in every text that was once decoded wrongly.

CREATE TABLE IF NOT EXISTS workspaces (
  id VARCHAR(36) PRIMARY KEY,
  slug VARCHAR(32) NOT NULL UNIQUE,
  guard_token VARCHAR(36) NOT NULL,
  seq BIGINT NOT NULL DEFAULT 0,
  task_count INT NOT NULL DEFAULT 0,
  root_commit VARCHAR(64),
  origin VARCHAR(500),
  created_at DATETIME(3) NOT NULL,
  created_by VARCHAR(200) NOT NULL,
  KEY workspaces_by_root_commit (root_commit),
  KEY workspaces_by_origin (origin)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS tasks (
  id VARCHAR(36) PRIMARY KEY,
  task_key VARCHAR(80) NOT NULL UNIQUE,
  workspace_id VARCHAR(36) NOT NULL,
  parent_task_id VARCHAR(36),
  position INT NOT NULL DEFAULT 0,
  title VARCHAR(500) NOT NULL CHECK (title <> ''),
  description LONGTEXT NOT NULL,
  status VARCHAR(16) NOT NULL CHECK (status IN ('pending', 'in_progress', 'blocked', 'completed', 'cancelled')),
  task_type VARCHAR(32) NOT NULL CHECK (task_type IN ('implementation', 'research', 'review', 'testing',
    'deployment', 'documentation', 'bugfix', 'analysis')),
  priority INT NOT NULL CHECK (priority BETWEEN 0 AND 4),
  estimated_complexity VARCHAR(16) CHECK (estimated_complexity IN ('trivial', 'simple', 'moderate', 'complex')),
  estimated_minutes INT CHECK (estimated_minutes >= 0),
  assigned_agent VARCHAR(100),
  claim_session_id VARCHAR(128),
  claim_agent_id VARCHAR(100),
  claim_actor VARCHAR(200),
  claimed_at DATETIME(3),
  blocked_reason VARCHAR(2000),
  created_session_id VARCHAR(128) NOT NULL,
  client_id VARCHAR(36),
  project_id VARCHAR(36),
  billable TINYINT NOT NULL DEFAULT 0 CHECK (billable IN (0, 1)),
  billable_minutes INT CHECK (billable_minutes >= 0),
  task_context LONGTEXT NOT NULL,
  outcome LONGTEXT,
  created_at DATETIME(3) NOT NULL,
  created_by VARCHAR(200) NOT NULL,
  started_at DATETIME(3),
  completed_at DATETIME(3),
  updated_at DATETIME(3) NOT NULL,
  revision VARCHAR(36) NOT NULL,
  queue VARCHAR(16) NOT NULL CHECK (queue IN ('in_progress', 'blocked', 'ready', 'waiting', 'none')),
  waiting_for VARCHAR(36),
  subtask_count INT NOT NULL DEFAULT 0,
  CONSTRAINT claim_is_whole CHECK (
    (claim_session_id IS NULL AND claim_agent_id IS NULL AND claim_actor IS NULL
      AND claimed_at IS NULL)
    OR (claim_session_id IS NOT NULL AND claim_agent_id IS NOT NULL AND claim_actor IS NOT NULL
      AND claimed_at IS NOT NULL)),
  CONSTRAINT leaf_in_progress_is_claimed CHECK (
    status <> 'in_progress' OR subtask_count > 0 OR claim_session_id IS NOT NULL),
  CONSTRAINT only_worked_on_is_claimed CHECK (
    claim_session_id IS NULL OR status IN ('in_progress', 'blocked')),
  CONSTRAINT container_is_not_claimed CHECK (subtask_count = 0 OR claim_session_id IS NULL),
  CONSTRAINT container_is_in_no_queue CHECK (subtask_count = 0 OR queue = 'none'),
  CONSTRAINT blocked_leaf_has_reason CHECK (
    status <> 'blocked' OR subtask_count > 0 OR blocked_reason IS NOT NULL),
  CONSTRAINT waiting_has_blocker CHECK (
    (queue = 'waiting' AND waiting_for IS NOT NULL) OR (queue <> 'waiting' AND waiting_for IS NULL)),
  CONSTRAINT closed_has_time CHECK (
    (status IN ('completed', 'cancelled') AND completed_at IS NOT NULL)
    OR (status NOT IN ('completed', 'cancelled') AND completed_at IS NULL)),
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (parent_task_id) REFERENCES tasks (id),
  KEY tasks_by_queue (workspace_id, queue, priority, created_at, id),
  KEY tasks_by_status (workspace_id, status, priority, created_at, id),
  KEY tasks_by_status_everywhere (status, priority, created_at, id),
  KEY tasks_by_parent (parent_task_id, position),
  KEY tasks_by_claim (claim_session_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS task_dependencies (
  task_id VARCHAR(36) NOT NULL,
  depends_on_id VARCHAR(36) NOT NULL,
  type VARCHAR(32) NOT NULL CHECK (type IN ('blocks', 'related', 'discovered_from')),
  created_at DATETIME(3) NOT NULL,
  created_by VARCHAR(200) NOT NULL,
  PRIMARY KEY (task_id, depends_on_id, type),
  CONSTRAINT not_itself CHECK (task_id <> depends_on_id),
  FOREIGN KEY (task_id) REFERENCES tasks (id),
  FOREIGN KEY (depends_on_id) REFERENCES tasks (id),
  KEY task_dependencies_by_target (depends_on_id, type)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS task_notes (
  id VARCHAR(36) PRIMARY KEY,
  task_id VARCHAR(36) NOT NULL,
  body LONGTEXT NOT NULL,
  actor VARCHAR(200) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  agent_id VARCHAR(100) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  FOREIGN KEY (task_id) REFERENCES tasks (id),
  KEY task_notes_by_task (task_id, created_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS task_events (
  workspace_id VARCHAR(36) NOT NULL,
  seq BIGINT NOT NULL,
  task_id VARCHAR(36),
  verb VARCHAR(32) NOT NULL,
  actor VARCHAR(200) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  agent_id VARCHAR(100) NOT NULL,
  run_id VARCHAR(36),
  request_id VARCHAR(64),
  old_value LONGTEXT,
  new_value LONGTEXT,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (workspace_id, seq),
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (task_id) REFERENCES tasks (id),
  KEY task_events_by_task (task_id, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS sessions (
  id VARCHAR(128) PRIMARY KEY,
  workspace_id VARCHAR(36),
  actor VARCHAR(200) NOT NULL,
  host VARCHAR(200) NOT NULL,
  process_scope VARCHAR(120),
  process_id INT,
  process_start VARCHAR(64),
  cwd VARCHAR(1024),
  started_at DATETIME(3) NOT NULL,
  last_seen_at DATETIME(3) NOT NULL,
  ended_at DATETIME(3),
  end_reason VARCHAR(64),
  KEY sessions_by_process (process_scope, process_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
