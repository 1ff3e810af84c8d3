package io.orderflow.query.order;

import io.orderflow.api.order.OrderId;
import io.orderflow.query.config.Problem;
import io.orderflow.query.order.ChangeFeed.Numbered;
import io.orderflow.query.projection.ArrivedVersions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves streams of changes, each on the (virtual) thread of its request: it waits for what comes after the last event it
 * has sent, sends it, and so on. What a client has not read is not kept for it: it stands in the tables.
 */
@Component
class Streams {

    private static final int AT_ONCE = 500;

    private final LiveChanges live;
    private final ArrivedVersions arrived;
    private final OrderQueries queries;
    private final Histories histories;
    private final JsonMapper json;
    private final StreamProperties properties;
    private final Semaphore free;

    Streams(
            LiveChanges live,
            ArrivedVersions arrived,
            OrderQueries queries,
            Histories histories,
            JsonMapper json,
            StreamProperties properties) {
        this.live = live;
        this.arrived = arrived;
        this.queries = queries;
        this.histories = histories;
        this.json = json;
        this.properties = properties;
        this.free = new Semaphore(properties.most());
    }

    /** Begins an answer. */
    interface Opening {
        EventStream open() throws IOException;
    }

    /** Sends every change after {@code start}, of one customer if one is named, until the client or this node leaves. */
    void changes(ResumePoint start, @Nullable String customerId, Opening opening) throws IOException {
        serve(opening, stream -> {
            ResumePoint last = start;
            stream.resumeWith(last.toString());
            stream.flush();
            while (live.isRunning()) {
                List<Numbered> found = live.after(last.number(), AT_ONCE, properties.heartbeat());
                if (found.isEmpty()) {
                    stream.heartbeat();
                } else if (found.getFirst().number() != last.number() + 1) {
                    return; // it was so slow that changes were forgotten meanwhile; it is told so when it comes back
                } else {
                    last = send(found, last, customerId, stream);
                }
                stream.flush();
            }
        });
    }

    private ResumePoint send(List<Numbered> changes, ResumePoint last, @Nullable String customerId, EventStream stream)
            throws IOException {
        boolean isTold = true;
        for (Numbered numbered : changes) {
            isTold = customerId == null || customerId.equals(numbered.change().customerId());
            if (isTold) {
                stream.send(last.at(numbered.number()).toString(), json.writeValueAsString(numbered.change()));
            }
        }
        ResumePoint reached = last.at(changes.getLast().number());
        if (!isTold) {
            stream.resumeWith(reached.toString()); // others' changes need not be looked through again
        }
        return reached;
    }

    /** Sends everything that happened to an order after {@code version}, until the client or this node leaves. */
    void story(OrderId orderId, long version, Opening opening) throws IOException {
        serve(opening, stream -> {
            long last = version;
            while (live.isRunning()) {
                List<TimelineEntry> found = await(orderId, last);
                if (found.isEmpty()) {
                    stream.heartbeat();
                }
                for (HistoryView.Entry entry : histories.entries(found)) {
                    stream.send(Long.toString(entry.version()), json.writeValueAsString(entry));
                    last = entry.version();
                }
                stream.flush();
            }
        });
    }

    private List<TimelineEntry> await(OrderId orderId, long version) {
        List<TimelineEntry> found = new ArrayList<>();
        // announced on every node by the one that follows the feed: no need to look in between
        boolean unused = arrived.await(orderId.toString(), properties.heartbeat(), properties.heartbeat(), () -> {
            found.addAll(queries.findEntriesAfter(orderId, version));
            return !found.isEmpty() || !live.isRunning();
        });
        return found;
    }

    private void serve(Opening opening, Serving serving) throws IOException {
        if (!live.isRunning() || !free.tryAcquire()) {
            throw Problem.tooManyStreams();
        }
        try {
            serving.to(Objects.requireNonNull(opening.open()));
        } finally {
            free.release();
        }
    }

    private interface Serving {
        void to(EventStream stream) throws IOException;
    }
}
