-- oldest reader 1, oldest writer 10
-- What an insight came from. Without them SQLite goes over all insights for each task and each run
-- that is archived, as they refer to both.
CREATE INDEX insights_by_source_task ON insights (source_task_id);

CREATE INDEX insights_by_source_run ON insights (source_run_id);
