package io.orderflow.saga.payment;

import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;

/** What the payment step is asked for. */
sealed interface PaymentWork {

    record Authorize(Money amount) implements PaymentWork {}

    record Capture(AuthorizationId authorization, Money amount) implements PaymentWork {}

    /** Gives back whatever was held; stands behind the authorization in its order's lane. */
    record VoidAuthorization() implements PaymentWork {}
}
