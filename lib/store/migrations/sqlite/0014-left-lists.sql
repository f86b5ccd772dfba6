-- oldest reader 1, oldest writer 10
-- The URL, without a secret, of the database that a list has moved to; NULL: the list lives here.
-- Who knows this column changes nothing of a list that has moved.
ALTER TABLE workspaces ADD COLUMN moved_to TEXT;
