package io.orderflow.messaging.pulse;

import org.jspecify.annotations.Nullable;

/**
 * A sign of the relay: when it began this beat, it had published every event that was stored.
 *
 * @param relay names one life of a relay
 * @param number 1, 2, ... in that life
 */
public record Beat(String relay, long number) {

    /**
     * Whether this beat was begun after {@code seen} had been the last one: the next one may have been under way then, the
     * one after it was not.
     *
     * @param seen null when there was none
     */
    public boolean beganAfter(@Nullable Beat seen) {
        return number >= (seen != null && seen.relay.equals(relay) ? seen.number + 2 : 2);
    }
}
