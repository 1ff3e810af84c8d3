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

-- The record that failed and its followers, as they were received, in that order. A discarded one stays for the audit.
CREATE TABLE parked_record (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader text NOT NULL,
    sequence_id text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    record_offset bigint NOT NULL,
    record_time bigint NOT NULL,
    record_key text,
    header_names text [] NOT NULL,
    header_values bytea [] NOT NULL,
    value bytea,
    parked_at timestamptz NOT NULL DEFAULT now(),
    discarded_at timestamptz,
    discarded_by text
);

CREATE INDEX parked_record_waiting ON parked_record (reader, sequence_id, id) WHERE discarded_at IS NULL;
