-- Read tables stand in a schema for each generation, made from db/projection; what an earlier release had here goes.
DROP TABLE IF EXISTS order_summary, order_line, order_search, order_timeline, product, hourly_figure,
    hourly_delivery_time, counted_order;

DELETE FROM reader_position;

DELETE FROM parked_record;

DELETE FROM parked_sequence;

-- One filling of the tables of a read model, by a release in which the model has that version.
CREATE TABLE generation (
    model text NOT NULL,
    number integer NOT NULL,
    version integer NOT NULL,
    -- BUILDING, SERVING, KEPT (for going back), CANCELLED, FAILED, DROPPED
    state text NOT NULL,
    paused boolean NOT NULL DEFAULT false,
    events_per_second integer,
    -- records there were when the build began; null until known
    goal bigint,
    failure text,
    created_at timestamptz NOT NULL DEFAULT now(),
    served_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (model, number)
);

-- Of several requests to build one is heard.
CREATE UNIQUE INDEX generation_building ON generation (model, version) WHERE state = 'BUILDING';

-- The generation that writes the change feed, and the one to go back to.
CREATE TABLE serving (
    model text PRIMARY KEY,
    number integer NOT NULL,
    previous integer
);

-- Names schemas with replaced views until they are dropped.
CREATE SEQUENCE gone_schema;
