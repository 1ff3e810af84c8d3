package io.orderflow.messaging.database;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A column of ids or of times as a parameter, in PostgreSQL's own form ({@code array_send}). The driver has only text for
 * these types, which is written here and read there digit by digit, for each row that anybody projects.
 *
 * <p>A connection whose {@code binaryTransferEnable} has {@link #TYPES} sends it so; any other sends it as text.
 */
public final class BinaryArray extends PGobject implements PGBinaryObject {

    /** For the connection property {@code binaryTransferEnable}: the object ids of {@code uuid[]} and {@code timestamptz[]}. */
    public static final String TYPES = "2951,1185";

    private static final long serialVersionUID = 1L;

    private static final int UUID_TYPE = 2950;
    private static final int TIMESTAMPTZ_TYPE = 1184;
    private static final int HEADER = 5 * Integer.BYTES;
    private static final long POSTGRES_EPOCH = 946_684_800; // 2000-01-01T00:00:00Z

    private final byte[] binary;

    private BinaryArray(String type, byte[] binary) {
        setType(type);
        this.binary = binary;
    }

    /** A {@code uuid[]}. */
    public static <T> BinaryArray uuids(Collection<T> rows, Function<T, UUID> column) {
        ByteBuffer binary = begin(UUID_TYPE, rows.size(), 2 * Long.BYTES);
        for (T row : rows) {
            UUID id = column.apply(row);
            binary.putInt(2 * Long.BYTES).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
        return new BinaryArray("uuid[]", binary.array());
    }

    /** A {@code timestamptz[]}, to the microsecond. */
    public static <T> BinaryArray times(Collection<T> rows, Function<T, Instant> column) {
        ByteBuffer binary = begin(TIMESTAMPTZ_TYPE, rows.size(), Long.BYTES);
        for (T row : rows) {
            binary.putInt(Long.BYTES).putLong(micros(column.apply(row)));
        }
        return new BinaryArray("timestamptz[]", binary.array());
    }

    private static ByteBuffer begin(int elementType, int elements, int length) {
        ByteBuffer binary = ByteBuffer.allocate(HEADER + elements * (Integer.BYTES + length));
        return binary.putInt(1) // dimension
                .putInt(0) // no nulls
                .putInt(elementType)
                .putInt(elements)
                .putInt(1); // is the first element's index
    }

    /** Rounded as PostgreSQL rounds what it reads. */
    private static long micros(Instant time) {
        long seconds = Math.subtractExact(time.getEpochSecond(), POSTGRES_EPOCH);
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), (long) Math.rint(time.getNano() / 1000.0));
    }

    @Override
    public int lengthInBytes() {
        return binary.length;
    }

    @Override
    public void toBytes(byte[] target, int offset) {
        System.arraycopy(binary, 0, target, offset, binary.length);
    }

    /** The same as text, for a connection that does not send it in binary. */
    @Override
    public String getValue() {
        ByteBuffer elements = ByteBuffer.wrap(binary, HEADER, binary.length - HEADER);
        StringJoiner text = new StringJoiner(",", "{", "}");
        while (elements.hasRemaining()) {
            text.add(
                    elements.getInt() == Long.BYTES
                            ? time(elements).toString()
                            : id(elements).toString());
        }
        return text.toString();
    }

    private static UUID id(ByteBuffer elements) {
        return new UUID(elements.getLong(), elements.getLong());
    }

    private static Instant time(ByteBuffer elements) {
        return Instant.ofEpochSecond(POSTGRES_EPOCH).plus(elements.getLong(), ChronoUnit.MICROS);
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("a parameter is not read");
    }

    @Override
    public void setValue(@Nullable String value) {
        throw new UnsupportedOperationException("a parameter is not read");
    }
}
