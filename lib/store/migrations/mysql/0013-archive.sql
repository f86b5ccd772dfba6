-- oldest reader 1, oldest writer 10
-- What docket archive takes out of the list; it raises the oldest writer.
CREATE TABLE IF NOT EXISTS archived_tasks (
  id VARCHAR(36) PRIMARY KEY,
  workspace_id VARCHAR(36) NOT NULL,
  tree_id VARCHAR(36) NOT NULL,
  task_key VARCHAR(80) NOT NULL UNIQUE,
  title VARCHAR(500) NOT NULL,
  status VARCHAR(16) NOT NULL,
  task_type VARCHAR(32) NOT NULL,
  subtask_count INT NOT NULL,
  completed_at DATETIME(3) NOT NULL,
  last_seq BIGINT NOT NULL,
  archived_at DATETIME(3) NOT NULL,
  archived_by VARCHAR(200) NOT NULL,
  KEY archived_tasks_by_completion (workspace_id, completed_at, status, subtask_count, task_type)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS archived_lines (
  workspace_id VARCHAR(36) NOT NULL,
  tree_id VARCHAR(36) NOT NULL,
  part INT NOT NULL,
  body LONGTEXT NOT NULL,
  PRIMARY KEY (workspace_id, tree_id, part)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS archived_links (
  workspace_id VARCHAR(36) NOT NULL,
  task_id VARCHAR(36) NOT NULL,
  depends_on_id VARCHAR(36) NOT NULL,
  type VARCHAR(32) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  created_by VARCHAR(200) NOT NULL,
  PRIMARY KEY (task_id, depends_on_id, type)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE workspaces ADD COLUMN archived_seq BIGINT NOT NULL DEFAULT 0;
