-- oldest reader 1, oldest writer 10
-- The requests that were queued while the database was away and are part of the history now: one that
-- is sent again finds itself here. `seq` is its first event, `made_at` when it was made.
CREATE TABLE IF NOT EXISTS applied_requests (
  workspace_id VARCHAR(36) NOT NULL,
  request_id VARCHAR(64) NOT NULL,
  seq BIGINT NOT NULL,
  made_at DATETIME(3) NOT NULL,
  applied_at DATETIME(3) NOT NULL,
  PRIMARY KEY (workspace_id, request_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
