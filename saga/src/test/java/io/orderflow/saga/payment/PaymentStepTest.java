package io.orderflow.saga.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.api.order.OrderCommand.RecordAuthorization;
import io.orderflow.api.order.OrderCommand.RecordDecline;
import io.orderflow.api.order.OrderCommand.RecordVoid;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.saga.payment.PaymentProvider.Authorization.Declined;
import io.orderflow.saga.payment.PaymentProvider.Authorization.Granted;
import io.orderflow.saga.payment.PaymentWork.Authorize;
import io.orderflow.saga.payment.PaymentWork.VoidAuthorization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaymentStepTest {

    private static final OrderId ORDER = new OrderId(UUID.randomUUID());
    private static final Money AMOUNT = Money.of(2500, "EUR");
    private static final AuthorizationId AUTHORIZATION = new AuthorizationId("auth-1");

    private static final class Provider implements PaymentProvider {

        private final Authorization answer;
        private @Nullable String asked;
        private final List<AuthorizationId> voided = new ArrayList<>();

        Provider(Authorization answer) {
            this.answer = answer;
        }

        @Override
        public Authorization authorize(String key, OrderId orderId, Money amount) {
            asked = key;
            return answer;
        }

        @Override
        public Optional<Authorization> findAuthorization(String key) {
            return key.equals(asked) ? Optional.of(answer) : Optional.empty();
        }

        @Override
        public void capture(String key, AuthorizationId authorization, Money amount) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void voidAuthorization(String key, AuthorizationId authorization) {
            voided.add(authorization);
        }
    }

    private final Provider granting = new Provider(new Granted(AUTHORIZATION, AMOUNT));
    private final Provider declining = new Provider(new Declined("no funds"));

    @Test
    void tells_the_order_what_the_provider_answered() {
        assertThat(new PaymentStep(granting).perform(ORDER, new Authorize(AMOUNT)))
                .containsExactly(new RecordAuthorization(ORDER, AUTHORIZATION, AMOUNT));
        assertThat(new PaymentStep(declining).perform(ORDER, new Authorize(AMOUNT)))
                .containsExactly(new RecordDecline(ORDER, "no funds"));
    }

    @Test
    void a_void_tells_the_authorization_too_which_the_order_may_not_have_heard_of() {
        PaymentStep step = new PaymentStep(granting);
        step.perform(ORDER, new Authorize(AMOUNT));
        assertThat(step.perform(ORDER, new VoidAuthorization()))
                .containsExactly(new RecordAuthorization(ORDER, AUTHORIZATION, AMOUNT), new RecordVoid(ORDER, AMOUNT));
        assertThat(granting.voided).containsExactly(AUTHORIZATION);
    }

    @Test
    void a_void_of_what_was_declined_tells_that_too_and_gives_nothing_back() {
        PaymentStep step = new PaymentStep(declining);
        step.perform(ORDER, new Authorize(AMOUNT));
        assertThat(step.perform(ORDER, new VoidAuthorization())).containsExactly(new RecordDecline(ORDER, "no funds"));
        assertThat(declining.voided).isEmpty();
    }

    @Test
    void a_void_of_what_the_provider_never_heard_of_tells_nothing() {
        assertThat(new PaymentStep(granting).perform(ORDER, new VoidAuthorization()))
                .isEmpty();
        assertThat(granting.voided).isEmpty();
    }
}
