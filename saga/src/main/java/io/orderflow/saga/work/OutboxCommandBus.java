package io.orderflow.saga.work;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;

/**
 * The saga service's command bus: a dispatched command becomes a row of the outbox of the current transaction. It is
 * durable and one-way; what a command leads to comes back as an event.
 */
public final class OutboxCommandBus implements CommandBus {

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        Decisions.current().send(command);
    }

    @Override
    public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        throw new UnsupportedOperationException("commands of the saga have no answer but the events they lead to");
    }

    @Override
    public Registration subscribe(String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        throw new UnsupportedOperationException("commands are handled on the command side");
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        return () -> true; // Axon registers its own at start; every command here gets its metadata from Commands
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        return () -> true; // nothing is handled here
    }
}
