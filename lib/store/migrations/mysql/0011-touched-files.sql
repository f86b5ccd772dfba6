-- oldest reader 1, oldest writer 10
-- The files that sessions edit, and for which task; an empty task_id: for none. Hooks write it beside
-- the history, as they write sessions, so nothing here refers to it.
CREATE TABLE IF NOT EXISTS touched_files (
  workspace_id VARCHAR(36) NOT NULL,
  path VARCHAR(500) NOT NULL,
  session_id VARCHAR(128) NOT NULL,
  task_id VARCHAR(36) NOT NULL,
  agent_id VARCHAR(100) NOT NULL,
  is_new TINYINT NOT NULL,
  touches INT NOT NULL,
  first_at DATETIME(3) NOT NULL,
  touched_at DATETIME(3) NOT NULL,
  PRIMARY KEY (workspace_id, path, session_id, task_id),
  KEY touched_files_by_task (task_id),
  KEY touched_files_by_session (session_id, touched_at),
  KEY touched_files_by_time (touched_at, workspace_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Where a session works.
ALTER TABLE sessions ADD COLUMN branch VARCHAR(100);
CREATE INDEX sessions_by_time ON sessions (workspace_id, last_seen_at);
