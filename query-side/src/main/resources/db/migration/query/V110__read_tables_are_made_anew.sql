-- The read tables have another shape. They hold nothing that is not in Kafka: they are filled again from its start.
DROP TABLE order_summary, order_line, order_timeline, product;

DELETE FROM reader_position;

DELETE FROM parked_record;

DELETE FROM parked_sequence;
