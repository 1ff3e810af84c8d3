package io.orderflow.query.order;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What changed in an order between two versions.
 *
 * @param from version of the first state
 * @param to version of the second
 * @param changes what differs, in the order of the order's fields
 * @param events what happened in between, the second state's last event included
 */
record DiffView(UUID orderId, long from, long to, List<Difference> changes, List<HistoryView.Entry> events) {

    /**
     * A value that differs.
     *
     * @param path where it stands, as a JSON pointer (RFC 6901) into the order
     * @param before null when it was not there
     * @param after null when it is no longer there
     */
    record Difference(
            String path,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}

    /** The differences between two orders as JSON. */
    static List<Difference> between(JsonNode before, JsonNode after) {
        List<Difference> found = new ArrayList<>();
        compare("", before, after, found);
        return found;
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Difference> found) {
        if (before.equals(after)) {
            return;
        }
        if (!before.isObject() || !after.isObject()) {
            // a list counts as one value: lines are frozen when an order is placed
            found.add(new Difference(path, present(before), present(after)));
            return;
        }
        for (String name : before.propertyNames()) {
            compare(path + "/" + name, before.path(name), after.path(name), found);
        }
        Iterator<String> added =
                after.propertyNames().stream().filter(name -> !before.has(name)).iterator();
        added.forEachRemaining(name -> compare(path + "/" + name, before.path(name), after.path(name), found));
    }

    private static @Nullable JsonNode present(JsonNode node) {
        return node.isMissingNode() ? null : node;
    }
}
