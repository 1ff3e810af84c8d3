package io.orderflow.query.order;

import io.orderflow.query.order.OrderLists.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * All orders of a filter, one line each. They are read page by page while they are written (ADR-0020): neither memory nor
 * a transaction grows with their number, and a slow reader holds no connection.
 */
@Component
class OrderExport {

    private static final int AT_ONCE = 1_000;

    private final OrderLists lists;
    private final JsonMapper json;

    OrderExport(OrderLists lists, JsonMapper json) {
        this.lists = lists;
        this.json = json;
    }

    /** How the lines are written. */
    enum Format {
        NDJSON("application/x-ndjson", "orders.ndjson"),
        CSV("text/csv;charset=UTF-8", "orders.csv");

        private final String mediaType;
        private final String file;

        Format(String mediaType, String file) {
            this.mediaType = mediaType;
            this.file = file;
        }

        static Format of(String parameter) {
            return switch (parameter) {
                case "ndjson" -> NDJSON;
                case "csv" -> CSV;
                default -> throw new IllegalArgumentException("'format' must be ndjson or csv");
            };
        }
    }

    void write(OrderFilter filter, Sorting sorting, Format format, HttpServletResponse response) throws IOException {
        // read before the answer begins: what is wrong with the question can still be said
        Page page = lists.page(filter, sorting, AT_ONCE, null);
        response.setContentType(format.mediaType);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + format.file + "\"");
        OutputStream out = response.getOutputStream();
        if (format == Format.CSV) {
            out.write(CsvLine.HEADER.getBytes(StandardCharsets.UTF_8));
        }
        write(page.orders(), format, out);
        for (Cursor next = page.next(); next != null; next = page.next()) {
            out.flush();
            page = read(filter, sorting, next);
            write(page.orders(), format, out);
        }
    }

    private Page read(OrderFilter filter, Sorting sorting, @Nullable Cursor after) {
        try {
            return lists.page(filter, sorting, AT_ONCE, after);
        } catch (RuntimeException e) {
            throw new BrokenOff(e);
        }
    }

    private void write(List<OrderView> orders, Format format, OutputStream out) throws IOException {
        for (OrderView order : orders) {
            out.write(
                    switch (format) {
                        case NDJSON -> json.writeValueAsBytes(order);
                        case CSV -> CsvLine.of(order).getBytes(StandardCharsets.UTF_8);
                    });
            out.write('\n');
        }
    }

    /**
     * The answer cannot be finished. Handled by nobody, so that the server closes the connection in the middle: the reader
     * must not take what it has for everything.
     */
    static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenOff(Throwable reason) {
            super("an export could not be finished");
            addSuppressed(reason); // as a cause it would be found, and handled by writing a problem behind the orders
        }
    }
}
