-- oldest reader 1, oldest writer 5
-- What was invoiced, as it was: a work item that changes later is corrected by another line.
CREATE TABLE invoice_lines (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  linked_task_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  project_id TEXT,
  category TEXT NOT NULL,
  problem TEXT NOT NULL,
  solution TEXT NOT NULL,
  billable_minutes INTEGER NOT NULL,
  rate INTEGER,
  currency TEXT,
  affected_systems TEXT NOT NULL,
  technologies TEXT NOT NULL,
  correction INTEGER NOT NULL,
  completed_at TEXT NOT NULL,
  invoiced_at TEXT NOT NULL,
  invoiced_by TEXT NOT NULL,
  FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
  FOREIGN KEY (linked_task_id) REFERENCES tasks (id),
  FOREIGN KEY (client_id) REFERENCES clients (id),
  FOREIGN KEY (project_id) REFERENCES projects (id)
) STRICT;

CREATE INDEX invoice_lines_by_time ON invoice_lines (workspace_id, completed_at, id);

CREATE INDEX invoice_lines_by_task ON invoice_lines (linked_task_id, invoiced_at, id);

-- The time first, so that no other question of a workspace is answered along it (Dolt).
CREATE INDEX work_items_by_change ON work_items (updated_at, workspace_id);
