package io.orderflow.proof.faults;

import java.util.Set;

/** Something that goes wrong, and comes right again. */
public interface Fault {

    /** What it is, for people. */
    String words();

    /** Parts that it happens to, or that it needs: no other fault may happen to them meanwhile. */
    Set<String> parts();

    void begin(Scene scene) throws Exception;

    void end(Scene scene) throws Exception;
}
