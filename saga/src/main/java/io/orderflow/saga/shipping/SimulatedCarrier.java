package io.orderflow.saga.shipping;

import io.orderflow.api.order.OrderId;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.api.shipping.TrackingNumber;
import io.orderflow.saga.work.Simulation;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stands in for a carrier: a durable ledger with one parcel per order, delivered after the configured time. */
public final class SimulatedCarrier implements Carrier {

    private final JdbcClient ledger;
    private final Simulation simulation;
    private final Duration transit;

    public SimulatedCarrier(JdbcClient ledger, Simulation simulation, Duration transit) {
        this.ledger = ledger;
        this.simulation = simulation;
        this.transit = transit;
    }

    @Override
    public CarrierName name() {
        return CarrierName.FIRST;
    }

    @Override
    public TrackingNumber dispatch(OrderId orderId) {
        simulation.answer();
        TrackingNumber trackingNumber = new TrackingNumber("SIM-" + orderId);
        ledger.sql("INSERT INTO simulated_shipment (tracking_number) VALUES (?) ON CONFLICT DO NOTHING")
                .param(trackingNumber.value())
                .update();
        return trackingNumber;
    }

    @Override
    public boolean isDelivered(TrackingNumber trackingNumber) {
        simulation.answer();
        return ledger.sql("SELECT dispatched_at + make_interval(secs => ?) <= clock_timestamp()"
                        + " FROM simulated_shipment WHERE tracking_number = ?")
                .param(transit.toMillis() / 1000.0)
                .param(trackingNumber.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    public void recall(OrderId orderId) {
        simulation.answer();
        ledger.sql("INSERT INTO simulated_shipment (tracking_number, recalled_at) VALUES (?, clock_timestamp())"
                        + " ON CONFLICT (tracking_number) DO UPDATE SET recalled_at ="
                        + " COALESCE(simulated_shipment.recalled_at, excluded.recalled_at)")
                .param("SIM-" + orderId)
                .update();
    }
}
