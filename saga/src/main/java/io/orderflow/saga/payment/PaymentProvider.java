package io.orderflow.saga.payment;

import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import java.util.Optional;

/**
 * Whoever moves the money. Every call names an idempotency key: the same key means the same effect, however often it is
 * sent, and gets the same answer.
 *
 * <p>An exception means that the outcome is not known; the caller asks again with the same key.
 */
public interface PaymentProvider {

    /** Holds an amount for an order, or refuses to. */
    Authorization authorize(String key, OrderId orderId, Money amount);

    /** What became of the authorization with this key; empty when the provider never heard of it. */
    Optional<Authorization> findAuthorization(String key);

    /** Takes a held amount. */
    void capture(String key, AuthorizationId authorization, Money amount);

    /** Gives a held amount back. */
    void voidAuthorization(String key, AuthorizationId authorization);

    /** The provider's answer to the wish to hold an amount. */
    sealed interface Authorization {

        /** The amount is held. */
        record Granted(AuthorizationId id, Money amount) implements Authorization {}

        /** The amount is not held, and will not be. */
        record Declined(String reason) implements Authorization {}
    }
}
