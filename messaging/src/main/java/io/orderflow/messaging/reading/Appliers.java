package io.orderflow.messaging.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Threads that apply what one consumer has polled. While little comes a poll is one transaction, which costs as much as many
 * records; a consumer for each thread would make it several.
 */
final class Appliers implements AutoCloseable {

    private final int number;
    private final ExecutorService threads;

    Appliers(String name, int number) {
        this.number = number;
        this.threads = Executors.newFixedThreadPool(
                number, Thread.ofPlatform().name(name + "-applier-", 0).factory());
    }

    /** The partitions of a poll in as many shares as there are threads, of about as many records each. */
    List<Set<TopicPartition>> sharesOf(ConsumerRecords<String, byte[]> polled) {
        List<Set<TopicPartition>> shares = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        List<TopicPartition> largestFirst = polled.partitions().stream()
                .sorted(Comparator.comparingInt((TopicPartition partition) ->
                                polled.records(partition).size())
                        .reversed())
                .toList();
        for (TopicPartition partition : largestFirst) {
            if (shares.size() < number) {
                shares.add(new HashSet<>());
                sizes.add(0);
            }
            int smallest =
                    sizes.indexOf(sizes.stream().min(Comparator.naturalOrder()).orElseThrow());
            shares.get(smallest).add(partition);
            sizes.set(smallest, sizes.get(smallest) + polled.records(partition).size());
        }
        return shares;
    }

    /** Has all shares applied at the same time; gives back the positions behind those that were. */
    Map<TopicPartition, Position> applyAll(
            List<Set<TopicPartition>> shares, Function<Set<TopicPartition>, Map<TopicPartition, Position>> apply) {
        if (shares.size() == 1) {
            return apply.apply(shares.getFirst());
        }
        List<Callable<Map<TopicPartition, Position>>> tasks = shares.stream()
                .<Callable<Map<TopicPartition, Position>>>map(share -> () -> apply.apply(share))
                .toList();
        try {
            Map<TopicPartition, Position> behind = new HashMap<>();
            for (Future<Map<TopicPartition, Position>> applied : threads.invokeAll(tasks)) {
                behind.putAll(applied.get());
            }
            return behind;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException("interrupted while a batch was applied", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a share cannot be applied", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
