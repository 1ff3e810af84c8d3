package io.orderflow.command.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was done lately, by the time of the events that tell it; the same after every replay. */
final class Recently {

    // oldest first: an event's time is never before its predecessor's
    private final LinkedHashMap<String, Long> millisByKey;

    Recently() {
        this(Map.of());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Recently(Map<String, Long> millisByKey) {
        this.millisByKey = new LinkedHashMap<>(millisByKey);
    }

    @JsonValue
    Map<String, Long> millisByKey() {
        return millisByKey;
    }

    boolean contains(String key) {
        return millisByKey.containsKey(key);
    }

    void remember(String key, Instant at, Duration howLong) {
        long forgotten = at.minus(howLong).toEpochMilli();
        Iterator<Long> oldestFirst = millisByKey.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next() < forgotten) {
            oldestFirst.remove();
        }
        millisByKey.putLast(key, at.toEpochMilli());
    }
}
