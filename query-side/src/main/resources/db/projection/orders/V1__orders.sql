-- Each order as it is now. The version is that of the last event applied. The lines are the JSON they are answered as: they
-- never change, and a page of a list is a walk through this table alone.
CREATE TABLE order_summary (
    order_id uuid PRIMARY KEY,
    customer_id text NOT NULL,
    email text,
    phone text,
    status text NOT NULL,
    reason text,
    detail text,
    lines json NOT NULL,
    total_amount bigint NOT NULL,
    currency text NOT NULL,
    payment text NOT NULL,
    tracking_number text,
    version bigint NOT NULL,
    placed_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
) WITH (fillfactor = 70);

-- The products of each order, each once however many of its lines have it.
CREATE TABLE order_product (
    sku text NOT NULL,
    placed_at timestamptz NOT NULL,
    order_id uuid NOT NULL
);

-- The words by which an order is found: its id, customer, e-mail address and products.
CREATE TABLE order_search (
    order_id uuid NOT NULL,
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
    data json NOT NULL,
    actor text,
    correlation_id text,
    causation_id text
);
