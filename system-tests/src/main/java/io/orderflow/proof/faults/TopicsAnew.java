package io.orderflow.proof.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/**
 * The topics of events are deleted, and filled again from the store: the way back after their loss. The relay must be at
 * rest from the deletion until its position is back at the beginning, else it would go on in the middle.
 */
record TopicsAnew(List<String> commandSides) implements Fault {

    private static final List<String> TOPICS = List.of("orders", "inventory");

    @Override
    public String words() {
        return "topics deleted and filled again";
    }

    @Override
    public Set<String> parts() {
        Set<String> all = new TreeSet<>(commandSides);
        all.add("kafka");
        all.add("postgres");
        all.add("third COMMAND_SIDE");
        return all;
    }

    @Override
    public void begin(Scene scene) throws InterruptedException, ExecutionException {
        commandSides.forEach(scene::kill);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", scene.system().bootstrapServers()))) {
            admin.deleteTopics(TOPICS).all().get();
            while (admin.listTopics().names().get().stream().anyMatch(TOPICS::contains)) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }

    @Override
    public void end(Scene scene) throws SQLException {
        DatabaseFaults.execute(scene, "update command.relay_position set position = 0");
        commandSides.forEach(name -> scene.system().part(name).start());
    }
}
