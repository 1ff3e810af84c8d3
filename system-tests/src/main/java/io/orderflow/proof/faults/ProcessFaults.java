package io.orderflow.proof.faults;

import io.orderflow.proof.system.Part.Kind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What happens to processes. */
final class ProcessFaults {

    private ProcessFaults() {}

    /** kill -9 of several at the same moment, and started again at the end. */
    record Kill(List<String> names) implements Fault {

        @Override
        public String words() {
            return "kill " + String.join(" + ", names);
        }

        @Override
        public Set<String> parts() {
            return new TreeSet<>(names);
        }

        @Override
        public void begin(Scene scene) {
            names.forEach(scene::kill);
        }

        @Override
        public void end(Scene scene) {
            names.forEach(name -> scene.system().part(name).start());
        }
    }

    /** SIGSTOP, and SIGCONT at the end: afterwards they believe in what is no longer theirs. */
    record Freeze(List<String> names) implements Fault {

        @Override
        public String words() {
            return "freeze " + String.join(" + ", names);
        }

        @Override
        public Set<String> parts() {
            return new TreeSet<>(names);
        }

        @Override
        public void begin(Scene scene) {
            names.forEach(name -> scene.system().part(name).freeze());
        }

        @Override
        public void end(Scene scene) {
            names.forEach(name -> scene.system().part(name).thaw());
        }
    }

    /** An orderly restart, as for a new release. */
    record Stop(String part) implements Fault {

        @Override
        public String words() {
            return "stop " + part;
        }

        @Override
        public Set<String> parts() {
            return Set.of(part);
        }

        @Override
        public void begin(Scene scene) {
            scene.system().part(part).stop();
        }

        @Override
        public void end(Scene scene) {
            scene.system().part(part).start();
        }
    }

    /** A third node comes, and goes at the end: partitions move, twice. */
    record AddNode(Kind kind) implements Fault {

        @Override
        public String words() {
            return "third node of " + kind;
        }

        @Override
        public Set<String> parts() {
            return Set.of("third " + kind);
        }

        @Override
        public void begin(Scene scene) {
            scene.system().spare(kind).start();
        }

        @Override
        public void end(Scene scene) {
            scene.system().spare(kind).stop();
        }
    }

    /** PostgreSQL is away while partitions move: nodes freeze for longer than their sessions in Kafka live. */
    record MoveWithoutDatabase(List<String> nodes) implements Fault {

        @Override
        public String words() {
            return "postgres away, and " + String.join(" + ", nodes) + " frozen";
        }

        @Override
        public Set<String> parts() {
            Set<String> all = new TreeSet<>(nodes);
            all.add("postgres");
            return all;
        }

        @Override
        public void begin(Scene scene) {
            scene.kill("postgres");
            nodes.forEach(name -> scene.system().part(name).freeze());
        }

        @Override
        public void end(Scene scene) {
            nodes.forEach(name -> scene.system().part(name).thaw());
            scene.system().part("postgres").start();
        }
    }

    /** A node whose clock is wrong, as far as the dates of events go. */
    record WrongClock(String part, int seconds) implements Fault {

        @Override
        public String words() {
            return "clock of " + part + " " + (seconds > 0 ? "+" : "") + seconds + " s";
        }

        @Override
        public Set<String> parts() {
            return Set.of(part);
        }

        @Override
        public void begin(Scene scene) {
            scene.kill(part);
            scene.system().setClock(part, seconds);
            scene.system().part(part).start();
        }

        @Override
        public void end(Scene scene) {
            scene.kill(part);
            scene.system().setClock(part, 0);
            scene.system().part(part).start();
        }
    }
}
