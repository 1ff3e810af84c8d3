package io.orderflow.proof.books;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** What stands on the topics, read from the first record to the last by a plain consumer that sees what was committed. */
final class Published {

    private static final Duration POLL = Duration.ofMillis(500);

    /** One published event; its payload as a hash, to save memory. */
    record Publication(String id, long index, int hash) {}

    private final Map<String, Map<Long, Publication>> byAggregate = new HashMap<>();
    private final Map<TopicPartition, Long> lastOffsets =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    private final Map<TopicPartition, Long> highest = new HashMap<>();
    private final Check order;
    private final List<Foreign> foreign = new ArrayList<>();
    private long repeats;

    /** A record that is no event of a store. */
    record Foreign(String topic, int partition, long offset) {}

    Published(Books books) {
        this.order = books.check(
                "published-in-order",
                "each partition is a prefix of the store's order, plus repeats: nothing overtakes");
    }

    /** Reads everything that stands on {@code topics} now. */
    void read(String brokers, List<String> topics) {
        try (KafkaConsumer<String, byte[]> consumer = consumer(brokers)) {
            for (String topic : topics) {
                read(consumer, topic);
            }
        }
    }

    /** The offset of the last record in each partition of {@code topic} that has any. */
    static Map<TopicPartition, Long> lastOffsets(String brokers, String topic) {
        Published offsets = new Published(new Books());
        try (KafkaConsumer<String, byte[]> consumer = consumer(brokers)) {
            offsets.readAll(consumer, topic, offsets::rememberOffset);
        }
        return offsets.lastOffsets;
    }

    private static KafkaConsumer<String, byte[]> consumer(String brokers) {
        return new KafkaConsumer<>(Map.of(
                "bootstrap.servers",
                brokers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                5000,
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                ByteArrayDeserializer.class));
    }

    private void read(KafkaConsumer<String, byte[]> consumer, String topic) {
        readAll(consumer, topic, this::note);
    }

    private void readAll(KafkaConsumer<String, byte[]> consumer, String topic, Note note) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            consumer.poll(POLL).forEach(note::of);
        }
    }

    private interface Note {
        void of(ConsumerRecord<String, byte[]> received);
    }

    private void rememberOffset(ConsumerRecord<String, byte[]> received) {
        lastOffsets.put(new TopicPartition(received.topic(), received.partition()), received.offset());
    }

    private void note(ConsumerRecord<String, byte[]> received) {
        rememberOffset(received);
        Long index = number(received, "ce_globalindex");
        Long sequence = number(received, "ce_sequence");
        String id = text(received, "ce_id");
        if (index == null || sequence == null || id == null || received.key() == null || received.value() == null) {
            foreign.add(new Foreign(received.topic(), received.partition(), received.offset()));
            return;
        }
        Publication publication = new Publication(id, index, Arrays.hashCode(received.value()));
        Publication before = byAggregate
                .computeIfAbsent(received.key(), unknown -> new HashMap<>())
                .putIfAbsent(sequence, publication);
        if (before != null) {
            repeats++;
            order.require(before.equals(publication), where(received) + " repeats " + before + " as " + publication);
            return;
        }
        TopicPartition partition = new TopicPartition(received.topic(), received.partition());
        long highestBefore = highest.getOrDefault(partition, -1L);
        order.require(
                index > highestBefore,
                where(received) + ": index " + index + " comes for the first time after " + highestBefore);
        highest.merge(partition, index, Math::max);
    }

    private static String where(ConsumerRecord<String, byte[]> received) {
        return received.topic() + "-" + received.partition() + " offset " + received.offset() + " key "
                + received.key();
    }

    private static @Nullable String text(ConsumerRecord<String, byte[]> received, String name) {
        Header header = received.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static @Nullable Long number(ConsumerRecord<String, byte[]> received, String name) {
        String text = text(received, name);
        return text != null && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    /** The event, taken off, so that what is left at the end was never stored; null when it is not published. */
    @Nullable Publication take(String aggregate, long sequence) {
        Map<Long, Publication> events = byAggregate.get(aggregate);
        Publication found = events == null ? null : events.remove(sequence);
        if (events != null && events.isEmpty()) {
            byAggregate.remove(aggregate);
        }
        return found;
    }

    /** What nobody has taken. */
    Map<String, Map<Long, Publication>> left() {
        return byAggregate;
    }

    Map<TopicPartition, Long> lastOffsets() {
        return lastOffsets;
    }

    /** Records that are no events. */
    List<Foreign> foreign() {
        return foreign;
    }

    long repeats() {
        return repeats;
    }
}
