package io.orderflow.proof.books;

import java.util.ArrayList;
import java.util.List;

/** One thing that must hold for each of many, how many were looked at, and for which it does not hold. */
public final class Check {

    private static final int TOLD = 5;

    private final String name;
    private final String meaning;
    private final List<String> first = new ArrayList<>();
    private long examined;
    private long offending;

    Check(String name, String meaning) {
        this.name = name;
        this.meaning = meaning;
    }

    /** Notes one that was looked at; {@code what} is told when it does not hold. */
    void require(boolean holds, String what) {
        examined++;
        if (!holds) {
            offend(what);
        }
    }

    /** Notes some that were looked at and are right. */
    void examined(long count) {
        examined += count;
    }

    void offend(String what) {
        offending++;
        if (first.size() < TOLD) {
            first.add(what);
        }
    }

    public String name() {
        return name;
    }

    /** What holds when it passes. */
    public String meaning() {
        return meaning;
    }

    public long examined() {
        return examined;
    }

    public long offending() {
        return offending;
    }

    /** The first few for which it does not hold. */
    public List<String> first() {
        return List.copyOf(first);
    }

    public boolean passes() {
        return offending == 0;
    }

    @Override
    public String toString() {
        return "%-5s %-26s %,10d  %s%s"
                .formatted(
                        passes() ? "ok" : "FAILS",
                        name,
                        examined,
                        meaning,
                        passes() ? "" : "\n      %,d do not: %s".formatted(offending, String.join("\n      ", first)));
    }
}
