-- Most updates of a fulfilment change nothing that an index has, so that its row stays on its page and no index is written
-- to. Who lists waiting orders sorts them.
DROP INDEX fulfilment_waiting;
CREATE INDEX fulfilment_waiting ON fulfilment (order_id) WHERE finished_at IS NULL;
