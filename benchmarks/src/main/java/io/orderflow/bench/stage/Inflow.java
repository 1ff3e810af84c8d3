package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Standing.Finished;
import io.orderflow.bench.http.Batch;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.order.OrderBodies;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** As many orders as are finished: always about the same number is under way, so that the slowest step sets the pace. */
final class Inflow {

    private static final int AT_ONCE = 200;
    private static final Duration LOOK = Duration.ofSeconds(1); // a look counts some thousand rows

    private final Standing standing;
    private final Batch batch;
    private final int underWay;
    private long placed;

    /** @param underWay orders, about */
    Inflow(URI commandSide, Standing standing, int underWay) {
        this.standing = standing;
        this.batch = new Batch(commandSide, new OrderBodies(underWay).lines(AT_ONCE));
        this.underWay = underWay;
    }

    /** Keeps orders coming; what was done are the orders that came to their end meanwhile. */
    Done flow(Duration length) throws SQLException, IOException, InterruptedException {
        long began = System.nanoTime();
        Finished finished = standing.finished(Finished.UNKNOWN);
        long before = finished.all();
        while (System.nanoTime() - began < length.toNanos()) {
            while (placed - finished.all() < underWay) {
                placed += batch.place();
            }
            LockSupport.parkNanos(LOOK.toNanos());
            finished = standing.finished(finished);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Done(standing.finished(Finished.UNKNOWN).all() - before, took, null);
    }
}
