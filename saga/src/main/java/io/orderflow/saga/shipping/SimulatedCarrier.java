package io.orderflow.saga.shipping;

import io.orderflow.api.order.OrderId;
import io.orderflow.api.shipping.CarrierName;
import io.orderflow.api.shipping.TrackingNumber;
import io.orderflow.saga.work.Simulation;
import io.orderflow.saga.work.Together;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stands in for a carrier: a durable ledger with one parcel per order, delivered after the configured time. */
public final class SimulatedCarrier implements Carrier {

    private static final int AT_ONCE = 500;

    private final JdbcClient ledger;
    private final Simulation simulation;
    private final Duration transit;
    private final Together<TrackingNumber, TrackingNumber> dispatched = new Together<>(AT_ONCE, this::enter);
    private final Together<TrackingNumber, Boolean> delivered = new Together<>(AT_ONCE, this::areDelivered);

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
        return dispatched.ask(new TrackingNumber("SIM-" + orderId));
    }

    private List<TrackingNumber> enter(List<TrackingNumber> parcels) {
        // in key order, so that two nodes cannot wait for each other in a circle
        ledger.sql("INSERT INTO simulated_shipment (tracking_number) SELECT * FROM unnest(?::text[]) AS n ORDER BY n"
                        + " ON CONFLICT DO NOTHING")
                .param(values(parcels))
                .update();
        return parcels;
    }

    @Override
    public boolean isDelivered(TrackingNumber trackingNumber) {
        simulation.answer();
        return delivered.ask(trackingNumber);
    }

    private List<Boolean> areDelivered(List<TrackingNumber> parcels) {
        Map<String, Boolean> known = new HashMap<>();
        ledger.sql("SELECT tracking_number, dispatched_at + make_interval(secs => ?) <= clock_timestamp()"
                        + " FROM simulated_shipment WHERE tracking_number = ANY (?)")
                .param(transit.toMillis() / 1000.0)
                .param(values(parcels))
                .query(row -> {
                    known.put(row.getString(1), row.getBoolean(2));
                });
        return parcels.stream()
                .map(parcel -> Objects.requireNonNull(known.get(parcel.value()), "a parcel that was never dispatched"))
                .toList();
    }

    private static String[] values(List<TrackingNumber> parcels) {
        return parcels.stream().map(TrackingNumber::value).toArray(String[]::new);
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
