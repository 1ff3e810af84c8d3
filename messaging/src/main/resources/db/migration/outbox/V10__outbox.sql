-- Commands that were decided but perhaps not sent: written with the decision, deleted after the broker's ack.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target text NOT NULL,
    header_names text [] NOT NULL,
    header_values bytea [] NOT NULL,
    payload bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
