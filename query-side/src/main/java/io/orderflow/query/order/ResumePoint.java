package io.orderflow.query.order;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the change feed, as clients keep it: the feed's life, and the number of the last change they have.
 *
 * @param life first digits of the feed's id; numbers of another feed (its tables were lost, say) mean nothing in this one
 */
record ResumePoint(String life, long number) {

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

    static String lifeOf(UUID feed) {
        return feed.toString().substring(0, 8);
    }

    /** Empty when {@code text} is not one of ours. */
    static Optional<ResumePoint> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new ResumePoint(parts.group(1), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    ResumePoint at(long reached) {
        return new ResumePoint(life, reached);
    }

    @Override
    public String toString() {
        return life + "-" + number;
    }
}
