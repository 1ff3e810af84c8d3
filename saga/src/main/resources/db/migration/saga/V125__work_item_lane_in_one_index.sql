-- Of two indexes that have a lane PostgreSQL takes either where statistics have found the queue empty: it looked through all
-- of a lane for the items of each order, and through the items of all orders for those of a lane that are due.
DROP INDEX work_item_of_order;
CREATE INDEX work_item_of_order ON work_item (order_id);
