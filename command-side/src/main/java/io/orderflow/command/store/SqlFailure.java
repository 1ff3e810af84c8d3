package io.orderflow.command.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an SQLException means for the rows that were sent. By the classes of SQLState (PostgreSQL manual, appendix A). */
enum SqlFailure {
    /** The rows themselves are refused. */
    DATA,
    /** The server could not do it now; it stored nothing. */
    NOT_NOW,
    /** The store is held until what it lacks was brought back; it stored nothing, and waiting does not help. */
    HELD,
    /** The connection is gone; what was sent may be stored. */
    CONNECTION;

    /** Raised by the trigger of V105. */
    private static final String REFUSED_WHEN_HELD = "53R00";

    static SqlFailure of(SQLException e) {
        String state = e.getSQLState();
        if (isConnection(state)) {
            return CONNECTION;
        }
        if (state.equals(REFUSED_WHEN_HELD)) {
            return HELD;
        }
        return isTransient(state) ? NOT_NOW : DATA;
    }

    private static boolean isConnection(@Nullable String state) {
        return state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("58");
    }

    private static boolean isTransient(String state) {
        return state.startsWith("40")
                || state.startsWith("53")
                || state.startsWith("25")
                || state.equals("55P03")
                || state.equals("57014");
    }
}
