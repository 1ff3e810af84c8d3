package io.orderflow.messaging.reading;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collections;
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
    private final Set<String> undivided;
    private final ExecutorService threads;

    /** @param undivided topics whose partitions are of one share */
    Appliers(String name, int number, Set<String> undivided) {
        this.number = number;
        this.undivided = undivided;
        this.threads = Executors.newFixedThreadPool(
                number, Thread.ofPlatform().name(name + "-applier-", 0).factory());
    }

    /** The partitions of a poll in as many shares as there are threads, of about as many records each. */
    List<Set<TopicPartition>> sharesOf(ConsumerRecords<String, byte[]> polled) {
        List<Part> largestFirst =
                polled.partitions().stream().collect(groupingBy(this::unit, toSet())).values().stream()
                        .map(partitions -> Part.of(partitions, polled))
                        .sorted(Comparator.comparingInt(Part::records).reversed())
                        .toList();
        List<Part> shares = new ArrayList<>();
        for (Part part : largestFirst) {
            shares.add(shares.size() < number ? part : takeSmallest(shares).with(part));
        }
        return shares.stream().map(Part::partitions).toList();
    }

    private Object unit(TopicPartition partition) {
        return undivided.contains(partition.topic()) ? partition.topic() : partition;
    }

    private static Part takeSmallest(List<Part> shares) {
        Part smallest = Collections.min(shares, Comparator.comparingInt(Part::records));
        shares.remove(smallest);
        return smallest;
    }

    private record Part(Set<TopicPartition> partitions, int records) {

        static Part of(Set<TopicPartition> partitions, ConsumerRecords<String, byte[]> polled) {
            return new Part(
                    partitions,
                    partitions.stream()
                            .mapToInt(partition -> polled.records(partition).size())
                            .sum());
        }

        Part with(Part other) {
            Set<TopicPartition> both = new HashSet<>(partitions);
            both.addAll(other.partitions);
            return new Part(both, records + other.records);
        }
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
