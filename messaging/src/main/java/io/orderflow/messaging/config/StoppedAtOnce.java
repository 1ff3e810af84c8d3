package io.orderflow.messaging.config;

import org.springframework.context.SmartLifecycle;

/**
 * One of several in a phase that each need a while to stop, because they wait for what is under way or for a broker that does
 * not answer: they are all told at once, and a service stops in the time of the slowest instead of all together.
 */
public interface StoppedAtOnce extends SmartLifecycle {

    @Override
    default void stop(Runnable whenStopped) {
        Thread.startVirtualThread(() -> {
            try {
                stop();
            } finally {
                whenStopped.run();
            }
        });
    }
}
