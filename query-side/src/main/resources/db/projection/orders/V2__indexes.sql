-- Made when the tables have been filled up to nearly the present: kept up while they are filled, indexes are most of the
-- work, and an order is written once for each of its events.

-- Each filter is a walk along one of these, in the order of the list: as fast on the last page as on the first.
CREATE INDEX order_summary_newest ON order_summary (placed_at DESC, order_id DESC);
CREATE INDEX order_summary_of_customer ON order_summary (customer_id, placed_at DESC, order_id DESC);
CREATE INDEX order_summary_in_status ON order_summary (status, placed_at DESC, order_id DESC);
CREATE INDEX order_summary_by_total ON order_summary (currency, total_amount, order_id);
CREATE INDEX order_line_of_sku ON order_line (sku, placed_at DESC, order_id DESC) WHERE first_of_sku;
CREATE INDEX order_search_words ON order_search USING gin (words);

-- before anybody asks: until autovacuum comes, plans would be those of empty tables
ANALYZE order_summary, order_line, order_search, order_timeline;
