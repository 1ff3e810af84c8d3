package io.orderflow.proof.books;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Whose books are at hand: those of the simulated outside systems are, those of real ones are not.
 *
 * @param payment whether money can be checked
 * @param parcels whether parcels can be checked
 * @param messages whether messages can be checked
 */
record Providers(boolean payment, boolean parcels, boolean messages) {

    static Providers of(Connection saga) throws SQLException {
        return new Providers(
                hasEntries(saga, "simulated_payment"),
                hasEntries(saga, "simulated_shipment"),
                hasEntries(saga, "simulated_notification"));
    }

    private static boolean hasEntries(Connection saga, String table) throws SQLException {
        return Sources.number(saga, "select count(*) from (select 1 from saga." + table + " limit 1) entry") > 0;
    }
}
