package io.orderflow.saga.work;

import io.orderflow.api.order.OrderCommand;
import io.orderflow.messaging.commands.CommandChannel;
import io.orderflow.saga.work.WorkItems.Leased;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.axonframework.commandhandling.CommandMessage;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores results of work and the commands that tell them, many at a time in one transaction. A result whose lease has
 * passed on does not count: whoever holds the item now brings its own.
 */
public final class Completions {

    private static final int AT_ONCE = 500;

    private record Result(Leased item, List<OrderCommand> told) {}

    private final WorkItems items;
    private final CommandChannel channel;
    private final TransactionOperations transactions;
    private final Together<Result, Boolean> results = new Together<>(AT_ONCE, this::store);
    private final Together<Leased, Boolean> untold = new Together<>(AT_ONCE, this::complete);

    /** @param transactions in which commands can be decided */
    public Completions(WorkItems items, CommandChannel channel, TransactionOperations transactions) {
        this.items = items;
        this.channel = channel;
        this.transactions = transactions;
    }

    /** Returns when the result is stored, or does not count; a failure to store it is thrown, and the item is done again. */
    void done(Leased item, List<OrderCommand> told) {
        boolean unused = told.isEmpty() ? untold.ask(item) : results.ask(new Result(item, told));
    }

    // apart, so that what nobody is told does not wait for commands to be sent
    private List<Boolean> complete(List<Leased> batch) {
        Set<Long> counted = items.complete(batch);
        return batch.stream().map(item -> counted.contains(item.id())).toList();
    }

    private List<Boolean> store(List<Result> batch) {
        return Objects.requireNonNull(transactions.execute(status -> storeNow(batch)));
    }

    private List<Boolean> storeNow(List<Result> batch) {
        List<Boolean> counted = complete(batch.stream().map(Result::item).toList());
        List<CommandMessage<?>> commands = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (counted.get(i)) {
                commands.addAll(messages(batch.get(i)));
            }
        }
        channel.send(commands);
        return counted;
    }

    private static List<CommandMessage<?>> messages(Result result) {
        Leased item = result.item();
        return result.told().stream()
                .<CommandMessage<?>>map(command -> Commands.message(item.orderId(), command, item.cause()))
                .toList();
    }
}
