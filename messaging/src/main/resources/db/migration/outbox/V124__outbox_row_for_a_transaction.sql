-- Commands that one transaction decided are one row: stored, sent and taken off together, they cost as much as one.
-- Who looks for earlier commands of an order looks through all rows, which are few.
DROP INDEX outbox_target;
ALTER TABLE outbox
ALTER COLUMN target TYPE text [] USING ARRAY[target],
ALTER COLUMN headers TYPE text [] USING ARRAY[headers],
ALTER COLUMN payload TYPE bytea [] USING ARRAY[payload];
ALTER TABLE outbox RENAME COLUMN target TO targets;
ALTER TABLE outbox RENAME COLUMN payload TO payloads;
