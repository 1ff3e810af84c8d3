-- A sequence (an order, an aggregate) one of whose records could not be processed. Whoever adds to it, retries or
-- discards holds this row's lock.
CREATE TABLE parked_sequence (
    reader text NOT NULL,
    sequence_id text NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT now(),
    cause text NOT NULL,
    awaiting_release boolean NOT NULL,
    attempts integer NOT NULL DEFAULT 1,
    PRIMARY KEY (reader, sequence_id)
);

-- The record that failed and its followers, as they were received. Their order is the store's, where they were stored
-- (an inventory event can be read before the order's event that stands before it), else that of their arrival.
-- A discarded one stays for the audit.
CREATE TABLE parked_record (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader text NOT NULL,
    sequence_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    record_offset bigint NOT NULL,
    record_time bigint NOT NULL,
    global_index bigint NOT NULL DEFAULT 0,
    record_key text,
    header_names text [] NOT NULL,
    header_values bytea [] NOT NULL,
    value bytea,
    parked_at timestamptz NOT NULL DEFAULT now(),
    discarded_at timestamptz,
    discarded_by text
);

CREATE INDEX parked_record_waiting ON parked_record (reader, sequence_id, global_index, id)
WHERE discarded_at IS NULL;
