package io.orderflow.command.dispatch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.api.order.OrderCommand.ConfirmOrder;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.reading.InfrastructureException;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.junit.jupiter.api.Test;

class SentCommandsTest {

    @Test
    void whatIsReadWhileTheNodeStopsIsNotTheCommandsFault() {
        AggregateCommandBus bus = new AggregateCommandBus(
                SimpleCommandBus.builder(),
                AnnotationCommandTargetResolver.builder().build(),
                List.of());

        assertThatThrownBy(() -> new SentCommands(bus)
                        .accept(List.of(GenericCommandMessage.asCommandMessage(
                                new ConfirmOrder(new OrderId(UUID.randomUUID()))))))
                .isInstanceOf(InfrastructureException.class);
    }
}
