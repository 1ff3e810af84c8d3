package io.orderflow.proof.books;

import io.orderflow.proof.books.Published.Publication;
import java.util.List;

/** Every stored event: in unbroken sequence, in the order of indexes, and published as it is stored. */
final class EventBooks {

    private final Published published;
    private final long mustBePublished;
    private final Check unbroken;
    private final Check isPublished;

    /** @param mustBePublished highest index that the relay had passed before the topics were read */
    EventBooks(Books books, Published published, long mustBePublished) {
        this.published = published;
        this.mustBePublished = mustBePublished;
        this.unbroken = books.check(
                "store-unbroken", "each aggregate's events are numbered 0, 1, 2, ... in the order of indexes and time");
        this.isPublished =
                books.check("published-is-stored", "every stored event is on its topic, byte by byte, and no other");
    }

    /** @param history of one aggregate */
    void follow(List<StoredEvent> history) {
        long sequence = 0;
        StoredEvent before = null;
        for (StoredEvent event : history) {
            unbroken.require(
                    event.sequence() == sequence
                            && (before == null
                                    || (event.index() > before.index()
                                            && event.time().compareTo(before.time()) >= 0)),
                    event + " index " + event.index() + " at " + event.time() + " follows " + before);
            sequence = event.sequence() + 1;
            before = event;
            compare(event);
        }
    }

    private void compare(StoredEvent event) {
        Publication publication = published.take(event.aggregate(), event.sequence());
        if (publication == null) {
            isPublished.require(
                    event.index() > mustBePublished, event + " index " + event.index() + " is not published");
        } else {
            isPublished.require(
                    publication.equals(new Publication(event.id(), event.index(), event.hash())),
                    event + " is stored otherwise than it is published");
        }
    }

    /** When all stored events were followed: nothing else may be on the topics. */
    void end() {
        published
                .left()
                .forEach((aggregate, events) -> events.forEach((sequence, publication) ->
                        isPublished.offend(aggregate + "/" + sequence + " is published, and not stored")));
    }
}
