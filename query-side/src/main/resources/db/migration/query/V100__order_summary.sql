-- One row for each order as it is now, and its lines. The version is that of the last event applied.
CREATE TABLE order_summary (
    order_id uuid PRIMARY KEY,
    customer_id text NOT NULL,
    email text,
    phone text,
    status text NOT NULL,
    reason text,
    detail text,
    total_amount bigint NOT NULL,
    currency text NOT NULL,
    payment text NOT NULL,
    tracking_number text,
    version bigint NOT NULL,
    placed_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
) WITH (fillfactor = 70);

CREATE INDEX order_summary_newest ON order_summary (placed_at DESC, order_id DESC);
CREATE INDEX order_summary_of_customer ON order_summary (customer_id, placed_at DESC, order_id DESC);

CREATE TABLE order_line (
    order_id uuid NOT NULL,
    number integer NOT NULL,
    sku text NOT NULL,
    name text NOT NULL,
    quantity integer NOT NULL,
    unit_amount bigint NOT NULL,
    currency text NOT NULL,
    stocked boolean NOT NULL,
    PRIMARY KEY (order_id, number)
);
