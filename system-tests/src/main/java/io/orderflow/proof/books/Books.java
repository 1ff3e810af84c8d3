package io.orderflow.proof.books;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The outcome of a reconciliation: every check, and what was merely noticed. */
public final class Books {

    private final Map<String, Check> checks = new LinkedHashMap<>();
    private final Map<String, Long> notes = new LinkedHashMap<>();

    Check check(String name, String meaning) {
        return checks.computeIfAbsent(name, unknown -> new Check(name, meaning));
    }

    void note(String what, long count) {
        notes.put(what, count);
    }

    public Collection<Check> checks() {
        return checks.values();
    }

    /** What is no error, and worth knowing: counts by what they are of. */
    public Map<String, Long> notes() {
        return notes;
    }

    public boolean agree() {
        return checks.values().stream().allMatch(Check::passes);
    }
}
