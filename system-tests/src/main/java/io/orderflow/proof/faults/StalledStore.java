package io.orderflow.proof.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** A node freezes while its append, or the commit of it, is under way: both are made to take long enough to be met. */
record StalledStore(String node, boolean inCommit) implements Fault {

    private static final Duration UNTIL_FROZEN = Duration.ofMillis(900);
    private static final Duration STILL_SLOW = Duration.ofSeconds(2);

    @Override
    public String words() {
        return "freeze " + node + " in the middle of " + (inCommit ? "a commit" : "an append");
    }

    @Override
    public Set<String> parts() {
        return new TreeSet<>(Set.of("postgres", node));
    }

    @Override
    public void begin(Scene scene) throws SQLException {
        DatabaseFaults.execute(
                scene,
                DatabaseFaults.function("stall", DatabaseFaults.onceInATransaction("perform pg_sleep(0.6);")),
                inCommit
                        ? DatabaseFaults.atCommit("stall", "command.domain_event_entry")
                        : "create trigger stall before insert on command.domain_event_entry for each statement"
                                + " execute function proof.stall()");
        LockSupport.parkNanos(UNTIL_FROZEN.toNanos());
        scene.system().part(node).freeze();
        LockSupport.parkNanos(STILL_SLOW.toNanos());
        DatabaseFaults.execute(scene, "drop function if exists proof.stall cascade");
    }

    @Override
    public void end(Scene scene) {
        scene.system().part(node).thaw();
    }
}
