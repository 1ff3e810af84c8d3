package io.orderflow.query.order;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.payment.Amount;
import io.orderflow.api.payment.Money;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Events as the timeline shows them: the contract's JSON, without the order's id, money as decimal numbers. */
final class TimelineJson {

    private TimelineJson() {}

    static JsonMapper from(JsonMapper contract) {
        return contract.rebuild()
                .addMixIn(OrderEvent.class, WithoutOrderId.class)
                .addModule(new SimpleModule().addSerializer(Money.class, new DecimalMoney()))
                .build();
    }

    @JsonIgnoreProperties("orderId")
    private interface WithoutOrderId {}

    private static final class DecimalMoney extends ValueSerializer<Money> {

        @Override
        public void serialize(Money money, JsonGenerator generator, SerializationContext context) {
            generator.writePOJO(Amount.of(money));
        }
    }
}
