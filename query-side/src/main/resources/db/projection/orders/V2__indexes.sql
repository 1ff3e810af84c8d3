-- Made when the tables have been filled up to nearly the present: kept up while they are filled, indexes are most of the
-- work, and an order is written once for each of its events.

-- Each filter is a walk along one of these, in the order of the list: as fast on the last page as on the first.
CREATE INDEX order_summary_newest ON order_summary (placed_at DESC, order_id DESC);
CREATE INDEX order_summary_of_customer ON order_summary (customer_id, placed_at, order_id);
CREATE INDEX order_summary_in_status ON order_summary (status, placed_at, order_id);
CREATE INDEX order_summary_by_total ON order_summary (currency, total_amount, order_id);
ALTER TABLE order_product ADD PRIMARY KEY (sku, placed_at, order_id);

-- New words go into the index at once. Kept aside for later, the default, up to 4 MB of them would be read by each question:
-- 8 ms instead of one.
CREATE INDEX order_search_words ON order_search USING gin (words) WITH (fastupdate = off);

-- before anybody asks: until autovacuum comes, plans would be those of empty tables
ANALYZE order_summary, order_product, order_search, order_timeline;
