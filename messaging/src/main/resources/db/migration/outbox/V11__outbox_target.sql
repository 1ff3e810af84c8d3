-- A command must not overtake an older one for the same target.
CREATE INDEX outbox_target ON outbox (target, id);
