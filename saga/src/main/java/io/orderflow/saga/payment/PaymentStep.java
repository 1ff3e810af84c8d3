package io.orderflow.saga.payment;

import io.orderflow.api.order.OrderCommand;
import io.orderflow.api.order.OrderCommand.RecordAuthorization;
import io.orderflow.api.order.OrderCommand.RecordCapture;
import io.orderflow.api.order.OrderCommand.RecordDecline;
import io.orderflow.api.order.OrderCommand.RecordVoid;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.AuthorizationId;
import io.orderflow.api.payment.Money;
import io.orderflow.saga.payment.PaymentProvider.Authorization;
import io.orderflow.saga.payment.PaymentProvider.Authorization.Declined;
import io.orderflow.saga.payment.PaymentProvider.Authorization.Granted;
import io.orderflow.saga.payment.PaymentWork.Authorize;
import io.orderflow.saga.payment.PaymentWork.Capture;
import io.orderflow.saga.payment.PaymentWork.VoidAuthorization;
import io.orderflow.saga.work.Lane;
import java.util.List;

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
    protected List<OrderCommand> perform(OrderId orderId, PaymentWork work) {
        return switch (work) {
            case Authorize authorize -> List.of(authorize(orderId, authorize));
            case Capture capture -> {
                provider.capture(key(orderId, "capture"), capture.authorization(), capture.amount());
                yield List.of(new RecordCapture(orderId, capture.amount()));
            }
            case VoidAuthorization undo -> voidIfHeld(orderId);
        };
    }

    private OrderCommand authorize(OrderId orderId, Authorize authorize) {
        return told(orderId, provider.authorize(authorizationKey(orderId), orderId, authorize.amount()));
    }

    // what was answered before is told once more: the command that told it may be among those lost with Kafka
    private List<OrderCommand> voidIfHeld(OrderId orderId) {
        return provider.findAuthorization(authorizationKey(orderId))
                .map(answer -> switch (answer) {
                    case Granted granted -> {
                        provider.voidAuthorization(key(orderId, "void"), granted.id());
                        yield List.of(told(orderId, granted), new RecordVoid(orderId, granted.amount()));
                    }
                    case Declined declined -> List.of(told(orderId, declined));
                })
                .orElse(List.of());
    }

    private static OrderCommand told(OrderId orderId, Authorization answer) {
        return switch (answer) {
            case Granted granted -> new RecordAuthorization(orderId, granted.id(), granted.amount());
            case Declined declined -> new RecordDecline(orderId, declined.reason());
        };
    }

    private static String authorizationKey(OrderId orderId) {
        return key(orderId, "authorize");
    }

    private static String key(OrderId orderId, String step) {
        return orderId + "/" + step;
    }
}
