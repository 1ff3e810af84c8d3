package io.orderflow.proof.books;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event as it stands in the store. */
record StoredEvent(
        String aggregate,
        long sequence,
        long index,
        String id,
        String type,
        String time,
        byte[] payload,
        JsonNode json) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Of one type of aggregate, in the order of aggregates and their sequence. */
    static String ofAggregates(String type) {
        return "select aggregate_identifier, sequence_number, global_index, event_identifier, payload_type, time_stamp,"
                + " payload from command.domain_event_entry where type = '" + type
                + "' order by aggregate_identifier collate \"C\", sequence_number";
    }

    static StoredEvent read(ResultSet row) throws SQLException {
        byte[] payload = row.getBytes(7);
        return new StoredEvent(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                payload,
                JSON.readTree(payload));
    }

    int hash() {
        return Arrays.hashCode(payload);
    }

    String text(String field) {
        return json.path(field).asString("");
    }

    @Override
    public String toString() {
        return aggregate + "/" + sequence + " " + type;
    }
}
