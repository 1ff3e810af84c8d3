package io.orderflow.saga.payment;

import io.orderflow.api.order.OrderCommand;
import io.orderflow.api.order.OrderCommand.RecordAuthorization;
import io.orderflow.api.order.OrderCommand.RecordCapture;
import io.orderflow.api.order.OrderCommand.RecordDecline;
import io.orderflow.api.order.OrderCommand.RecordVoid;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.saga.payment.PaymentProvider.Authorization.Declined;
import io.orderflow.saga.payment.PaymentProvider.Authorization.Granted;
import io.orderflow.saga.payment.PaymentWork.Authorize;
import io.orderflow.saga.payment.PaymentWork.Capture;
import io.orderflow.saga.payment.PaymentWork.VoidAuthorization;
import io.orderflow.saga.work.Lane;
import java.util.Optional;

/** Has the payment provider hold, take or give back money, and tells the order what it said. */
public final class PaymentStep extends Lane<PaymentWork> {

    private final PaymentProvider provider;

    public PaymentStep(PaymentProvider provider) {
        super("payment", PaymentWork.class);
        this.provider = provider;
    }

    /** Answered by {@code PaymentAuthorized} or {@code PaymentDeclined}. */
    public void authorize(OrderId orderId, Money amount) {
        request(orderId, new Authorize(amount));
    }

    /** Answered by {@code PaymentCaptured}. */
    public void capture(OrderId orderId, AuthorizationId authorization, Money amount) {
        request(orderId, new Capture(authorization, amount));
    }

    /** Answered by {@code PaymentVoided} when an amount turns out to be held, also one that is being authorized now. */
    public void voidAuthorization(OrderId orderId) {
        request(orderId, new VoidAuthorization());
    }

    @Override
    protected Optional<OrderCommand> perform(OrderId orderId, PaymentWork work) {
        return switch (work) {
            case Authorize authorize -> Optional.of(authorize(orderId, authorize));
            case Capture capture -> {
                provider.capture(key(orderId, "capture"), capture.authorization(), capture.amount());
                yield Optional.of(new RecordCapture(orderId, capture.amount()));
            }
            case VoidAuthorization undo -> voidIfHeld(orderId);
        };
    }

    private OrderCommand authorize(OrderId orderId, Authorize authorize) {
        return switch (provider.authorize(authorizationKey(orderId), orderId, authorize.amount())) {
            case Granted granted -> new RecordAuthorization(orderId, granted.id(), granted.amount());
            case Declined declined -> new RecordDecline(orderId, declined.reason());
        };
    }

    private Optional<OrderCommand> voidIfHeld(OrderId orderId) {
        return provider.findAuthorization(authorizationKey(orderId)).flatMap(answer -> switch (answer) {
            case Granted granted -> {
                provider.voidAuthorization(key(orderId, "void"), granted.id());
                yield Optional.of(new RecordVoid(orderId, granted.amount()));
            }
            case Declined nothingHeld -> Optional.empty();
        });
    }

    private static String authorizationKey(OrderId orderId) {
        return key(orderId, "authorize");
    }

    private static String key(OrderId orderId, String step) {
        return orderId + "/" + step;
    }
}
