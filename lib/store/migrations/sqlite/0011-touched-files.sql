-- oldest reader 1, oldest writer 10
-- The files that sessions edit, and for which task; an empty task_id: for none. Hooks write it beside
-- the history, as they write sessions, so nothing here refers to it.
CREATE TABLE touched_files (
  workspace_id TEXT NOT NULL,
  path TEXT NOT NULL,
  session_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  is_new INTEGER NOT NULL,
  touches INTEGER NOT NULL,
  first_at TEXT NOT NULL,
  touched_at TEXT NOT NULL,
  PRIMARY KEY (workspace_id, path, session_id, task_id)
) STRICT;
CREATE INDEX touched_files_by_task ON touched_files (task_id);
CREATE INDEX touched_files_by_session ON touched_files (session_id, touched_at);
CREATE INDEX touched_files_by_time ON touched_files (touched_at, workspace_id);

-- Where a session works.
ALTER TABLE sessions ADD COLUMN branch TEXT;
CREATE INDEX sessions_by_time ON sessions (workspace_id, last_seen_at);
