package io.orderflow.command.dispatch;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** What is known of a decision once it is taken: from what state, and whether anything came of it. */
final class Decision {

    private static final String LOOKED = Decision.class.getName() + ".looked";
    private static final String FROM_CACHE = Decision.class.getName() + ".fromCache";
    private static final String APPENDED = Decision.class.getName() + ".appended";

    private Decision() {}

    static void looksForTarget() {
        mark(LOOKED);
    }

    static void isFromCache() {
        mark(FROM_CACHE);
    }

    static void hasAppended() {
        mark(APPENDED);
    }

    private static void mark(String what) {
        CurrentUnitOfWork.ifStarted(unitOfWork -> unitOfWork.root().resources().put(what, true));
    }

    /** Whether another node may know better: the state was cached, and no append has confirmed that it is the newest. */
    static boolean mayBeStale(UnitOfWork<?> unitOfWork) {
        return unitOfWork.resources().containsKey(FROM_CACHE)
                && !unitOfWork.resources().containsKey(APPENDED);
    }

    /** Whether the target was looked for, and not simply created. */
    static boolean hasLooked(UnitOfWork<?> unitOfWork) {
        return unitOfWork.resources().containsKey(LOOKED);
    }
}
