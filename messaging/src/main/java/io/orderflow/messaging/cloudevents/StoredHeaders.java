package io.orderflow.messaging.cloudevents;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of a record as two array columns, exactly as they were.
 *
 * @param names in their order, repeats included
 * @param values of the same positions
 */
public record StoredHeaders(String[] names, byte[][] values) {

    public static StoredHeaders of(Headers headers) {
        List<String> names = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (Header header : headers) {
            names.add(header.key());
            values.add(header.value() == null ? new byte[0] : header.value());
        }
        return new StoredHeaders(names.toArray(String[]::new), values.toArray(byte[][]::new));
    }

    public static StoredHeaders of(Array names, Array values) throws SQLException {
        return new StoredHeaders((String[]) names.getArray(), (byte[][]) values.getArray());
    }

    public Headers toHeaders() {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < names.length; i++) {
            headers.add(names[i], values[i]);
        }
        return headers;
    }
}
