-- oldest reader 1, oldest writer 8
-- What a client or a project has, the open ones together: their completion is not known yet.
CREATE INDEX tasks_by_client ON tasks (client_id, completed_at);

CREATE INDEX tasks_by_project ON tasks (project_id, completed_at);

-- Nothing looks for a place any more. The column stays for those who read all columns they know.
DROP INDEX tasks_by_place ON tasks;
