-- oldest reader 1, oldest writer 10
-- The requests that were queued while the database was away and are part of the history now: one that
-- is sent again finds itself here. `seq` is its first event, `made_at` when it was made.
CREATE TABLE applied_requests (
  workspace_id TEXT NOT NULL,
  request_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  applied_at TEXT NOT NULL,
  PRIMARY KEY (workspace_id, request_id)
) STRICT;
