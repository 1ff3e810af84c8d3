-- One row per order whose fulfilment has begun. Finished ones stay for the retention time, for late events.
CREATE TABLE fulfilment (
    order_id uuid PRIMARY KEY,
    stage text NOT NULL,
    state text NOT NULL,
    last_sequence bigint NOT NULL,
    due_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
) WITH (fillfactor = 70);

CREATE INDEX fulfilment_due ON fulfilment (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX fulfilment_waiting ON fulfilment (updated_at) WHERE finished_at IS NULL;
CREATE INDEX fulfilment_finished ON fulfilment (finished_at) WHERE finished_at IS NOT NULL;
