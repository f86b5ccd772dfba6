import { DatabaseSync } from 'node:sqlite';
import { sqliteMigrations } from '../../../lib/store/migrations/sqlite.gen.ts';

const time = '2026-11-21 10:02:00.000';

/** Makes a file as a docket of the second schema has left it, with one row in each table that changes. */
export function fillSecondSchema(path: string, workspaceId = 'w'): DatabaseSync {
  const connection = new DatabaseSync(path);
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON');
  for (const { sql } of sqliteMigrations.slice(0, 2)) connection.exec(sql);
  connection.exec(`CREATE TABLE docket_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL,
      oldest_reader INTEGER NOT NULL, oldest_writer INTEGER NOT NULL, applied_at TEXT NOT NULL) STRICT;
    INSERT INTO docket_migrations VALUES (1, 'foundation', 1, 1, '${time}'),
      (2, 'orchestrator', 1, 2, '${time}');
    INSERT INTO workspaces (id, slug, guard_token, created_at, created_by)
      VALUES ('${workspaceId}', 'web', 't', '${time}', 'alice');
    INSERT INTO tasks (id, task_key, workspace_id, title, status, task_type, priority,
      created_session_id, created_at, created_by, updated_at, revision, queue)
      VALUES ('a', 'web-a', '${workspaceId}', 'Old', 'pending', 'research', 2, 's', '${time}', 'alice', '${time}',
        'r', 'ready'), ('b', 'web-b', '${workspaceId}', 'Old', 'pending', 'research', 2, 's', '${time}', 'alice',
        '${time}', 'r', 'ready');
    INSERT INTO task_dependencies VALUES ('a', 'b', 'related', '${time}', 'alice');
    INSERT INTO clients (id, workspace_id, slug, name, note, created_at, created_by, updated_at, revision)
      VALUES ('c', '${workspaceId}', 'acme', 'Acme', '', '${time}', 'alice', '${time}', 'r')`);
  return connection;
}
