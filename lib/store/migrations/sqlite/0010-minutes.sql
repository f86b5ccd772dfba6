-- oldest reader 1, oldest writer 10
-- An older writer would bill what an agent says, whatever the client's rule is.

-- Whether agents' minutes are billed (`proposed`), or those that were measured.
ALTER TABLE clients ADD COLUMN minutes_rule TEXT NOT NULL DEFAULT 'measured';

-- Who gave a task's billable minutes; NULL: an older docket did not say.
ALTER TABLE tasks ADD COLUMN billable_minutes_by TEXT;

-- The minutes that the agent of a run asks to bill.
ALTER TABLE agent_runs ADD COLUMN proposed_minutes INTEGER;

-- What a run's time is: NULL that of its session, `timer` that of the clock, `said` a person's word.
ALTER TABLE agent_runs ADD COLUMN clock TEXT;

-- JSON lists of what was measured, proposed and said, and what of it is billed.
ALTER TABLE work_items ADD COLUMN minutes_from TEXT;

ALTER TABLE invoice_lines ADD COLUMN minutes_from TEXT;
