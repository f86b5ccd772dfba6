-- oldest reader 1, oldest writer 2
-- The words of an enumeration stand in lib/model, where the compiler and zod hold them: a CHECK that
-- repeats them made each new word a migration. What rows mean together is still held by the schema.
-- SQLite drops a CHECK by a copy of its table, or by an edit of the schema's text, which it describes
-- for this case (lang_altertable.html, section 7): no row is touched, however many there are.

PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(replace(replace(replace(sql,
  ' CHECK (status IN (''pending'', ''in_progress'', ''blocked'', ''completed'', ''cancelled''))', ''),
  ' CHECK (task_type IN (''implementation'', ''research'', ''review'', ''testing'',
    ''deployment'', ''documentation'', ''bugfix'', ''analysis''))', ''),
  ' CHECK (estimated_complexity IN (''trivial'', ''simple'', ''moderate'', ''complex''))', ''),
  ' CHECK (queue IN (''in_progress'', ''blocked'', ''ready'', ''waiting'', ''none''))', '')
WHERE name = 'tasks';

UPDATE sqlite_schema SET sql = replace(sql,
  ' CHECK (type IN (''blocks'', ''related'', ''discovered_from''))', '')
WHERE name = 'task_dependencies';

UPDATE sqlite_schema SET sql = replace(sql,
  ' CHECK (rounding_mode IN (''up'', ''nearest''))', '')
WHERE name = 'clients';

UPDATE sqlite_schema SET sql = replace(replace(replace(sql,
  ' CHECK (role IN (''work'', ''review''))', ''),
  ' CHECK (status IN (''running'', ''completed'', ''blocked'', ''failed'',
    ''needs_review'', ''released'', ''cancelled'', ''lost''))', ''),
  ' CHECK (verdict IN (''approved'', ''rejected''))', '')
WHERE name = 'agent_runs';

-- Tells other connections that the schema is another one.
CREATE TABLE schema_was_edited (one INTEGER) STRICT;

DROP TABLE schema_was_edited;

PRAGMA writable_schema = RESET;
