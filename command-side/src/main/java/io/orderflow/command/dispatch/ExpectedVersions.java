package io.orderflow.command.dispatch;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** Finds a command's target, and in its metadata the version that the caller expects it to have ({@code If-Match}). */
public final class ExpectedVersions implements CommandTargetResolver {

    /** Metadata of a command: the only version of its target on which it may be decided. */
    public static final String EXPECTED_VERSION = "expectedVersion";

    private final CommandTargetResolver targets =
            AnnotationCommandTargetResolver.builder().build();

    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
        VersionedAggregateIdentifier target = targets.resolveTarget(command);
        Object version = command.getMetaData().get(EXPECTED_VERSION);
        return version == null
                ? target
                : new VersionedAggregateIdentifier(target.getIdentifierValue(), Long.valueOf(version.toString()));
    }
}
