-- Statistics find a queue empty, and PostgreSQL then takes one index with an id for as good as another: it looked for ids
-- in the whole of this one, which holds every row that was sent and not vacuumed yet.
DROP INDEX outbox_target;
CREATE INDEX outbox_target ON outbox (target);
