package io.orderflow.saga.work;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a saga requested of its steps, by lane and step. */
public final class RequestedWork {

    private final Decisions decisions = new Decisions();

    public <T> T collect(Supplier<T> handling) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        decisions.during(() -> result.set(handling.get()));
        return java.util.Objects.requireNonNull(result.get());
    }

    public void forget() {
        decisions.work().clear();
    }

    public List<String> steps() {
        return decisions.work().stream()
                .map(item -> item.lane() + " " + item.work().getClass().getSimpleName())
                .toList();
    }

    /** An outside system that nobody may ask: a saga requests, it does not call. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public static <T> T nobody(T... type) {
        return (T) Proxy.newProxyInstance(
                type.getClass().getComponentType().getClassLoader(),
                new Class<?>[] {type.getClass().getComponentType()},
                (proxy, method, arguments) -> {
                    throw new AssertionError("a saga does not call " + method);
                });
    }
}
