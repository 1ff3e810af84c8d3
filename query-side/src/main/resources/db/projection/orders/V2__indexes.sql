-- Made when the tables have been filled up to nearly the present: kept up while they are filled, indexes are most of the
-- work, and an order is written once for each of its events.

-- Each filter is a walk along one of these, in the order of the list: as fast on the last page as on the first.
CREATE INDEX order_summary_newest ON order_summary (placed_at DESC, order_id DESC);
CREATE INDEX order_summary_of_customer ON order_summary (customer_id, placed_at, order_id);
CREATE INDEX order_summary_by_total ON order_summary (currency, total_amount, order_id);
ALTER TABLE order_product ADD PRIMARY KEY (sku, placed_at, order_id);
ALTER TABLE order_timeline ADD PRIMARY KEY (order_id, version);
ALTER TABLE order_search ADD PRIMARY KEY (order_id);

-- What is (status, placed_at, order_id) for order_summary, kept by hand. As an index of that table it would have each change
-- of a status write all of its indexes; as it is, none of them has to know of the change (a heap-only tuple).
CREATE TABLE order_in_status (
    status text NOT NULL,
    placed_at timestamptz NOT NULL,
    order_id uuid NOT NULL
);
INSERT INTO order_in_status SELECT status, placed_at, order_id FROM order_summary;
ALTER TABLE order_in_status ADD PRIMARY KEY (status, placed_at, order_id);

CREATE FUNCTION keep_order_in_status() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO order_in_status SELECT status, placed_at, order_id FROM new_rows;
        RETURN NULL;
    END IF;
    -- EXCEPT: every other change of an order leaves its status as it was. Not a join of old and new rows, which is planned
    -- once, for a batch of the size of the first.
    -- ANY (ARRAY[...]) can only be looked up, however few rows the table had when this was planned
    DELETE FROM order_in_status s USING (
        SELECT status, placed_at, order_id FROM old_rows EXCEPT SELECT status, placed_at, order_id FROM new_rows) o
    WHERE s.status = o.status AND s.placed_at = o.placed_at AND s.order_id = ANY (ARRAY[o.order_id]);
    INSERT INTO order_in_status
    SELECT status, placed_at, order_id FROM new_rows EXCEPT SELECT status, placed_at, order_id FROM old_rows;
    RETURN NULL;
END
$$;

CREATE TRIGGER order_in_status_inserted AFTER INSERT ON order_summary
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_order_in_status();

CREATE TRIGGER order_in_status_updated AFTER UPDATE ON order_summary
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_order_in_status();

-- New words gather before they go into the index: frequent ones are then written once for some hundred orders. Each question
-- reads what has gathered, so it is 64 kB, not the usual 4 MB, which took 8 ms instead of one.
CREATE INDEX order_search_words ON order_search USING gin (words) WITH (gin_pending_list_limit = 64);

-- before anybody asks: until autovacuum comes, plans would be those of empty tables
ANALYZE order_summary, order_in_status, order_product, order_search, order_timeline;
