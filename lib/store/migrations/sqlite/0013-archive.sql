-- oldest reader 1, oldest writer 10
-- What docket archive has taken out of the list, tree by tree. It raises the oldest writer of this
-- step when it is first used: an older one might give a new task the key of an archived one.

-- What is still said of an archived task elsewhere; weeks are counted along the index.
CREATE TABLE archived_tasks (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  tree_id TEXT NOT NULL,
  task_key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  task_type TEXT NOT NULL,
  subtask_count INTEGER NOT NULL,
  completed_at TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  archived_at TEXT NOT NULL,
  archived_by TEXT NOT NULL
) STRICT;

CREATE INDEX archived_tasks_by_completion ON archived_tasks (workspace_id, completed_at, status,
  subtask_count, task_type);

-- The rows of a tree as lines of docket's own file.
CREATE TABLE archived_lines (
  workspace_id TEXT NOT NULL,
  tree_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (workspace_id, tree_id, part)
) STRICT;

-- Links of tasks in the list to archived ones.
CREATE TABLE archived_links (
  workspace_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  depends_on_id TEXT NOT NULL,
  type TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (task_id, depends_on_id, type)
) STRICT;

-- Events up to this number may be archived; 0 where none is.
ALTER TABLE workspaces ADD COLUMN archived_seq INTEGER NOT NULL DEFAULT 0;
