-- oldest reader 1, oldest writer 5
-- An older writer would call a task ready that may not begin yet, and look for one that was moved
-- where its key says.

ALTER TABLE tasks ADD COLUMN due TEXT;

-- The time before which a task may not begin, and the latest of its own and its containers'.
ALTER TABLE tasks ADD COLUMN not_before TEXT;

ALTER TABLE tasks ADD COLUMN starts_at TEXT;

-- That of a task which is ready but for this, so that no other index serves the same question (Dolt).
ALTER TABLE tasks ADD COLUMN ready_at TEXT;

ALTER TABLE tasks ADD COLUMN claim_branch TEXT;

-- A JSON list. Lists that are filtered read all tasks of a status, so that no index is needed.
ALTER TABLE tasks ADD COLUMN labels TEXT;

-- The task's path in its tree: its key, unless it was moved. A tree is one range of it.
ALTER TABLE tasks ADD COLUMN place TEXT NOT NULL DEFAULT '';

UPDATE tasks SET place = task_key WHERE place = '';

CREATE INDEX tasks_by_place ON tasks (place);

CREATE INDEX tasks_by_start ON tasks (workspace_id, ready_at, id);
