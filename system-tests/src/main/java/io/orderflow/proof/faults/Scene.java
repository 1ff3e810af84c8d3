package io.orderflow.proof.faults;

import io.orderflow.proof.load.Promises;
import io.orderflow.proof.system.Part;
import io.orderflow.proof.system.Part.Kind;
import io.orderflow.proof.system.TestedSystem;
import java.util.EnumMap;
import java.util.Map;

/** Where faults happen; counts the kills. */
public final class Scene {

    private final TestedSystem system;
    private final Promises promises;
    private final Map<Kind, Integer> kills = new EnumMap<>(Kind.class);

    public Scene(TestedSystem system, Promises promises) {
        this.system = system;
        this.promises = promises;
    }

    TestedSystem system() {
        return system;
    }

    Promises promises() {
        return promises;
    }

    void kill(String name) {
        Part part = system.part(name);
        part.kill();
        synchronized (kills) {
            kills.merge(part.kind(), 1, Integer::sum);
        }
    }

    /** How often a process of each kind was killed. */
    public Map<Kind, Integer> kills() {
        synchronized (kills) {
            return new EnumMap<>(kills);
        }
    }
}
