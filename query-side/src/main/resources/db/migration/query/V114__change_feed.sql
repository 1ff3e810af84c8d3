-- The last number given to a change. Whoever gives numbers locks this row until it commits: numbers have no holes, and a
-- higher one is never visible before a lower one. The feed's id tells numbers of this table from those of a lost one.
CREATE TABLE change_feed (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    last_number bigint NOT NULL,
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)
) WITH (fillfactor = 50);

INSERT INTO change_feed (last_number) VALUES (0);

-- Changes of orders in the order in which they became visible, kept for those who come back after a while.
CREATE TABLE order_change (
    number bigint PRIMARY KEY,
    order_id uuid NOT NULL,
    version bigint NOT NULL,
    type text NOT NULL,
    status text NOT NULL,
    customer_id text NOT NULL,
    at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now()
);
