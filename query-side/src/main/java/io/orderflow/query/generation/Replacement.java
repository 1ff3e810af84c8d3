package io.orderflow.query.generation;

import java.util.Set;

/** Takes part when one generation takes the place of another, in that transaction. */
public interface Replacement {

    /**
     * Both schemas are locked against new events; names of read tables mean those of the new one.
     *
     * @param from schema of the generation that served, whatever its version
     * @param to schema of the one that serves from the commit on; at least as far
     * @param doubtful ids of all aggregates that are not equally far in both, and of others
     */
    void replace(String from, String to, Set<String> doubtful);
}
