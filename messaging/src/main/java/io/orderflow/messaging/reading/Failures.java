package io.orderflow.messaging.reading;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells whether a failure is the infrastructure's, to be waited out, or the message's, to be parked. */
public final class Failures {

    /** Connection, read-only standby, rollback, resources, lock timeout, operator intervention, system error. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    private static final Set<String> STATES = Set.of("25006", "25P03", "25P04", "55P03");

    private Failures() {}

    /** Whether {@code failure}, or anything that caused it, is the infrastructure's. */
    public static boolean areInfrastructure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (isInfrastructure(cause)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }

    private static boolean isInfrastructure(Throwable cause) {
        return switch (cause) {
            case InfrastructureException ours -> true;
            case KafkaException broker -> true;
            case CannotCreateTransactionException noConnection -> true;
            // a rollback that fails hides why it was wanted: the connection was lost, mostly before
            case TransactionSystemException noRollback -> true;
            case SQLTransientException database -> true;
            case SQLRecoverableException database -> true;
            case SQLException database -> isInfrastructure(database.getSQLState());
            case VirtualMachineError jvm -> !(jvm instanceof StackOverflowError);
            default -> cause instanceof InterruptedException;
        };
    }

    // whatever the server refuses has a state; without one it was never asked: "Connection is closed"
    private static boolean isInfrastructure(@Nullable String state) {
        return state == null
                || (state.length() == 5 && (CLASSES.contains(state.substring(0, 2)) || STATES.contains(state)));
    }
}
