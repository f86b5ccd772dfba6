-- oldest reader 1, oldest writer 8
-- An older writer would give the number of a subtask that was moved away to another one.

-- The keys that moved tasks had, which go on finding them.
CREATE TABLE former_keys (
  task_key TEXT PRIMARY KEY,
  task_id TEXT NOT NULL
) STRICT;

-- How many subtasks were moved away, whose numbers are not given again.
ALTER TABLE tasks ADD COLUMN subtasks_left INTEGER NOT NULL DEFAULT 0;
