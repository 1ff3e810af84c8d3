-- How far a reader has come in each partition. Moved in the transaction of the effects, never apart from them.
CREATE TABLE reader_position (
    reader text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    topic_id text NOT NULL,
    next_offset bigint NOT NULL,
    last_index bigint NOT NULL,
    epoch text,
    PRIMARY KEY (reader, topic, partition)
) WITH (fillfactor = 50);
