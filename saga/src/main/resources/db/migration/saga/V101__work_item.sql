-- Outside effects that are to be carried out. Leased, not locked: due_at is also the end of the lease.
CREATE TABLE work_item (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id uuid NOT NULL,
    lane text NOT NULL,
    step text NOT NULL,
    work text NOT NULL,
    cause text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    due_at timestamptz NOT NULL DEFAULT now(),
    fence bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    last_error text
) WITH (fillfactor = 70);

CREATE INDEX work_item_due ON work_item (lane, due_at, id);
CREATE INDEX work_item_of_order ON work_item (order_id, lane, id);
