package io.orderflow.bench.history;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Events on their way into the event store by COPY, in PostgreSQL's binary form, stored as the command side stores them. */
final class EventCopy {

    private static final String COPY = """
            copy command.domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                payload_type, payload_revision, payload, meta_data) from stdin (format binary)
            """;
    private static final byte[] BEGINNING = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int COLUMNS = 9;
    private static final int END = -1;
    private static final int BUFFER = 256 << 10;

    private final Serializer serializer;
    private final CopyIn copy;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(2 * BUFFER);
    private final DataOutputStream row = new DataOutputStream(buffer);

    EventCopy(Connection connection, Serializer serializer) throws SQLException {
        this.serializer = serializer;
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        buffer.writeBytes(BEGINNING);
    }

    void write(String eventId, Happening happening) throws SQLException {
        SerializedObject<byte[]> payload = serializer.serialize(happening.event(), byte[].class);
        try {
            row.writeShort(COLUMNS);
            text(eventId);
            text(happening.event().orderId().toString());
            row.writeInt(Long.BYTES);
            row.writeLong(happening.sequence());
            text("Order");
            text(DateTimeUtils.formatInstant(happening.at()));
            text(payload.getType().getName());
            text(payload.getType().getRevision());
            bytes(payload.getData());
            bytes(serializer
                    .serialize(MetaData.from(happening.metaData()), byte[].class)
                    .getData());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is written but memory
        }
        if (buffer.size() > BUFFER) {
            flush();
        }
    }

    private void text(String value) throws IOException {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte[] value) throws IOException {
        row.writeInt(value.length);
        row.write(value);
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.toByteArray(), 0, buffer.size());
        buffer.reset();
    }

    /** All rows are stored when this returns, once the transaction is committed. */
    void end() throws SQLException {
        try {
            row.writeShort(END);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flush();
        copy.endCopy();
    }
}
