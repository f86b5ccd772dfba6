-- oldest reader 1, oldest writer 8
-- An older writer would give the number of a subtask that was moved away to another one.

-- The keys that moved tasks had, which go on finding them.
CREATE TABLE IF NOT EXISTS former_keys (
  task_key VARCHAR(80) PRIMARY KEY,
  task_id VARCHAR(36) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How many subtasks were moved away, whose numbers are not given again.
ALTER TABLE tasks ADD COLUMN subtasks_left INT NOT NULL DEFAULT 0;
