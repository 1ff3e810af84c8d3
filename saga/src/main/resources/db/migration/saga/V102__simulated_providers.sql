-- The books of the simulated outside systems: one entry per idempotency key, never changed.
CREATE TABLE simulated_payment (
    idempotency_key text PRIMARY KEY,
    entry text NOT NULL,
    reference text NOT NULL,
    amount bigint,
    currency text,
    entered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE simulated_shipment (
    tracking_number text PRIMARY KEY,
    dispatched_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    recalled_at timestamptz
);

CREATE TABLE simulated_notification (
    idempotency_key text PRIMARY KEY,
    occasion text NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
