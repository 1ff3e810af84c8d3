-- Headers of many rows can be written with one statement when each has them in one value. They are all text.
ALTER TABLE outbox ADD COLUMN headers text;
UPDATE outbox SET headers = (
    SELECT json_object_agg(h.name, convert_from(h.value, 'UTF8'))
    FROM unnest(header_names, header_values) AS h (name, value)
);
ALTER TABLE outbox ALTER COLUMN headers SET NOT NULL,
    DROP COLUMN header_names,
    DROP COLUMN header_values;
