-- Everything that happened to an order, as its customer and an auditor may read it.
CREATE TABLE order_timeline (
    order_id uuid NOT NULL,
    version bigint NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    at timestamptz NOT NULL,
    data jsonb NOT NULL,
    actor text,
    PRIMARY KEY (order_id, version)
);
