-- oldest reader 1, oldest writer 5
-- What an hour costs, in the smallest unit of the currency (ISO 4217).
ALTER TABLE clients ADD COLUMN rate INTEGER;

ALTER TABLE clients ADD COLUMN currency TEXT;
