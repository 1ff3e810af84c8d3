package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.http.Batch;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Meter;
import io.orderflow.bench.measure.Meter.Done;
import io.orderflow.bench.order.OrderBodies;
import io.orderflow.bench.order.Products;
import io.orderflow.bench.yardstick.RowInserts;
import io.orderflow.proof.system.Service;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many orders a request, one a line, each on disk when its line is answered; meanwhile the relay publishes them. */
public final class BulkStage implements Stage {

    private static final String NAME = "bulk";
    private static final int CLIENTS = 4;
    private static final int LINES = 2000;

    @Override
    public List<Figure> measure(Course course) throws Exception {
        try (Testbed testbed = course.testbed(NAME).withDatabase().withKafka()) {
            testbed.start(Service.COMMAND_SIDE);
            URI commandSide = testbed.address(Service.COMMAND_SIDE);
            Products.register(commandSide);
            course.store(testbed);
            List<Batch> batches = IntStream.range(0, CLIENTS)
                    .mapToObj(seed -> new Batch(commandSide, new OrderBodies(seed).lines(LINES)))
                    .toList();
            course.tell().accept("bulk warms up");
            Done warm = place(batches, course.warmUp());
            course.tell().accept("%,d orders placed so far".formatted(warm.units()));
            Figure figure;
            try (Meter meter = new Meter(testbed)) {
                String variant = CLIENTS + " clients, " + LINES + " orders a request";
                figure = Figure.rate(
                        NAME,
                        variant,
                        "orders",
                        course.rounds(NAME, "orders", meter, () -> place(batches, course.length())));
            }
            testbed.node(Service.COMMAND_SIDE).stop();
            return List.of(figure.beside(RowInserts.hundredRows(course, testbed)));
        }
    }

    private static Done place(List<Batch> batches, Duration length) throws Exception {
        long began = System.nanoTime();
        long end = began + length.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> clients = batches.stream()
                    .<Callable<Long>>map(batch -> () -> placeUntil(end, batch))
                    .toList();
            long placed = 0;
            for (Future<Long> client : threads.invokeAll(clients)) {
                placed += client.get();
            }
            return new Done(placed, Duration.ofNanos(System.nanoTime() - began), null);
        }
    }

    private static long placeUntil(long end, Batch batch) throws Exception {
        long placed = 0;
        while (System.nanoTime() < end) {
            placed += batch.place();
        }
        return placed;
    }
}
