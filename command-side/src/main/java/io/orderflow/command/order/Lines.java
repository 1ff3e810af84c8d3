package io.orderflow.command.order;

import io.orderflow.command.config.BodyLimitFilter;
import io.orderflow.command.config.BodyLimitFilter.BodyTooLarge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a body that may be endless, each at most {@value BodyLimitFilter#LIMIT} bytes long. */
final class Lines {

    private static final int BUFFER = 64 << 10;

    private final InputStream body;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int filled;
    private int number;

    Lines(InputStream body) {
        this.body = body;
    }

    /**
     * A line of the body.
     *
     * @param number of the line, from 1; blank ones count
     * @param content UTF-8, without its end
     * @param tooLong when it is longer than we read; then without content
     */
    record Line(int number, byte[] content, @Nullable BodyTooLarge tooLong) {

        private boolean isBlank() {
            for (byte letter : content) {
                if (letter > ' ' || letter < 0) {
                    return false;
                }
            }
            return tooLong == null;
        }
    }

    /** The next line that is not blank; null at the end. */
    @Nullable Line next() throws IOException {
        Line line = read();
        while (line != null && line.isBlank()) {
            line = read();
        }
        return line;
    }

    private @Nullable Line read() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream(512);
        long length = 0;
        boolean ended = false;
        while (!ended && (position < filled || fill())) {
            int end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            length += end - position;
            if (length <= BodyLimitFilter.LIMIT) {
                content.write(buffer, position, end - position);
            }
            ended = end < filled;
            position = ended ? end + 1 : end;
        }
        if (!ended && length == 0) {
            return null;
        }
        number++;
        return length <= BodyLimitFilter.LIMIT
                ? new Line(number, content.toByteArray(), null)
                : new Line(number, new byte[0], new BodyTooLarge());
    }

    private boolean fill() throws IOException {
        position = 0;
        filled = Math.max(0, body.read(buffer));
        return filled > 0;
    }
}
