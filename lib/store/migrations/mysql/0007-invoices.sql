-- oldest reader 1, oldest writer 5
-- What was invoiced, as it was: a work item that changes later is corrected by another line.
CREATE TABLE IF NOT EXISTS invoice_lines (
  id VARCHAR(36) PRIMARY KEY,
  workspace_id VARCHAR(36) NOT NULL,
  linked_task_id VARCHAR(36) NOT NULL,
  client_id VARCHAR(36) NOT NULL,
  project_id VARCHAR(36),
  category VARCHAR(64) NOT NULL,
  problem LONGTEXT NOT NULL,
  solution LONGTEXT NOT NULL,
  billable_minutes INT NOT NULL,
  rate INT,
  currency VARCHAR(3),
  affected_systems LONGTEXT NOT NULL,
  technologies LONGTEXT NOT NULL,
  correction TINYINT NOT NULL,
  completed_at DATETIME(3) NOT NULL,
  invoiced_at DATETIME(3) NOT NULL,
  invoiced_by VARCHAR(200) NOT NULL,
  FOREIGN KEY (client_id) REFERENCES clients (id),
  FOREIGN KEY (project_id) REFERENCES projects (id),
  KEY invoice_lines_by_time (workspace_id, completed_at, id),
  KEY invoice_lines_by_task (linked_task_id, invoiced_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The time first, so that no other question of a workspace is answered along it (Dolt).
CREATE INDEX work_items_by_change ON work_items (updated_at, workspace_id);
