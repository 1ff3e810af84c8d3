package io.orderflow.saga.notification;

import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** Where a customer can be told something; perhaps nowhere. */
public record Contact(
        @Nullable EmailAddress email, @Nullable PhoneNumber phone) {

    /** Whether there is no way to tell this customer anything. */
    public boolean reachesNobody() {
        return email == null && phone == null;
    }
}
