package io.orderflow.messaging.parking;

import java.time.OffsetDateTime;

/**
 * A sequence that waits for an operator or for a newer release.
 *
 * @param sequenceId the order, or the aggregate
 * @param awaitingRelease whether its first record is of a type that this release does not know
 * @param attempts how often its first record was tried
 * @param waiting how many records wait in it
 */
record ParkedSequence(
        String reader,
        String sequenceId,
        OffsetDateTime parkedAt,
        String cause,
        boolean awaitingRelease,
        int attempts,
        long waiting) {}
