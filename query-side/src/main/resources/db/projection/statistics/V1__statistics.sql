-- What happened in each hour: how often, and to what amount. The category is a currency, or why an order ended.
CREATE TABLE hourly_figure (
    hour timestamptz NOT NULL,
    measure text NOT NULL,
    category text NOT NULL,
    number bigint NOT NULL,
    amount bigint NOT NULL,
    PRIMARY KEY (hour, measure, category)
) WITH (fillfactor = 70);

-- How long the orders delivered in an hour were under way; a bucket holds durations within a few percent of another.
CREATE TABLE hourly_delivery_time (
    hour timestamptz NOT NULL,
    bucket integer NOT NULL,
    number bigint NOT NULL,
    PRIMARY KEY (hour, bucket)
) WITH (fillfactor = 70);

-- What must be known of an order to count its later events; the version is that of the last event counted.
CREATE TABLE counted_order (
    order_id uuid PRIMARY KEY,
    placed_at timestamptz NOT NULL,
    version bigint NOT NULL
) WITH (fillfactor = 70);
