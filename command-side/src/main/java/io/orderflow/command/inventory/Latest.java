package io.orderflow.command.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** The latest of what was done, as many as fit into a small snapshot; what is older the event store knows: {@link OnceOnly}. */
final class Latest {

    private static final int MOST = 1000;

    private final LinkedHashSet<String> keys; // oldest first

    Latest() {
        this(List.of());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Latest(List<String> keys) {
        this.keys = new LinkedHashSet<>(keys);
    }

    @JsonValue
    Collection<String> keys() {
        return keys;
    }

    boolean contains(String key) {
        return keys.contains(key);
    }

    void remember(String key) {
        keys.addLast(key);
        if (keys.size() > MOST) {
            keys.removeFirst();
        }
    }
}
