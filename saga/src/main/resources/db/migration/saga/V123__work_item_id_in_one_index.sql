-- Statistics find a queue empty, and PostgreSQL then takes one index with an id for as good as another: it looked for ids
-- in the whole of these, which hold every item that was done and not vacuumed yet.
DROP INDEX work_item_due;
CREATE INDEX work_item_due ON work_item (lane, due_at);
DROP INDEX work_item_of_order;
CREATE INDEX work_item_of_order ON work_item (order_id, lane);
