package io.orderflow.proof.system;

/** Something of the system that runs as a process, or several, of its own. */
public interface Part {

    /** Unique, such as {@code saga-2}. */
    String name();

    Kind kind();

    /** Starts it, unless it runs; does not wait until it is ready. */
    void start();

    /** kill -9: nothing can be finished, flushed or said good-bye to. */
    void kill();

    /** Takes its processor away, as a long pause of a virtual machine does: it stands still and does not know it. */
    void freeze();

    /** Lets it go on where it stood. */
    void thaw();

    /** Asks it to stop, and waits. */
    void stop();

    /** Whether its process is there. */
    boolean isRunning();

    /** Whether it can do its work. */
    boolean isReady();

    /** The kinds of processes. */
    enum Kind {
        POSTGRES,
        KAFKA,
        COMMAND_SIDE,
        SAGA,
        QUERY_SIDE
    }
}
