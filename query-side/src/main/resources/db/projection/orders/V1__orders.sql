-- Each order as it is now. The version is that of the last event applied.
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

-- The lines of each order. Of several lines with one product the first is marked, so that the order is found once.
CREATE TABLE order_line (
    order_id uuid NOT NULL,
    number integer NOT NULL,
    sku text NOT NULL,
    name text NOT NULL,
    quantity integer NOT NULL,
    unit_amount bigint NOT NULL,
    currency text NOT NULL,
    stocked boolean NOT NULL,
    first_of_sku boolean NOT NULL,
    placed_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, number)
);

-- The words by which an order is found: its reference, customer, e-mail address and products.
CREATE TABLE order_search (
    order_id uuid PRIMARY KEY,
    words tsvector NOT NULL
);

-- Everything that happened to an order, as it was published: any earlier state can be folded from it.
CREATE TABLE order_timeline (
    order_id uuid NOT NULL,
    version bigint NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    revision text NOT NULL,
    at timestamptz NOT NULL,
    data jsonb NOT NULL,
    actor text,
    correlation_id text,
    causation_id text,
    PRIMARY KEY (order_id, version)
);
