-- oldest reader 1, oldest writer 2
-- The time zone in whose days a client is billed; NULL: in those of the person who asks.
ALTER TABLE clients ADD COLUMN time_zone TEXT;
