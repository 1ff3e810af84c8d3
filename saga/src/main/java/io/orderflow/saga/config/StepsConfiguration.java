package io.orderflow.saga.config;

import io.orderflow.messaging.commands.CommandChannel;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.saga.notification.EmailChannel;
import io.orderflow.saga.notification.NotificationChannel;
import io.orderflow.saga.notification.NotificationStep;
import io.orderflow.saga.notification.SimulatedNotificationChannel;
import io.orderflow.saga.payment.PaymentProvider;
import io.orderflow.saga.payment.PaymentStep;
import io.orderflow.saga.payment.SimulatedPaymentProvider;
import io.orderflow.saga.shipping.Carrier;
import io.orderflow.saga.shipping.ShippingStep;
import io.orderflow.saga.shipping.SimulatedCarrier;
import io.orderflow.saga.work.Completions;
import io.orderflow.saga.work.LaneSettings;
import io.orderflow.saga.work.LaneWorker;
import io.orderflow.saga.work.Simulation;
import io.orderflow.saga.work.Simulation.Behavior;
import io.orderflow.saga.work.WorkHandOver;
import io.orderflow.saga.work.WorkItems;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.transaction.support.TransactionOperations;

/** The steps, who carries them out, and the outside systems that they ask. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ProviderSettings.class, LaneSettings.class})
class StepsConfiguration {

    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    @Bean
    WorkItems workItems(JdbcOperations jdbc, ContractSerializer serializer) {
        return new WorkItems(jdbc, serializer);
    }

    @Bean
    Completions completions(WorkItems items, CommandChannel channel, TransactionOperations transactions) {
        return new Completions(items, channel, transactions);
    }

    @Bean
    WorkHandOver workHandOver(WorkItems items, List<LaneWorker<?>> workers, LaneSettings settings) {
        return new WorkHandOver(items, workers, settings);
    }

    @Bean
    Simulation paymentSimulation(ProviderSettings settings) {
        ProviderSettings.Payment payment = settings.payment();
        return new Simulation(new Behavior(payment.successRate(), payment.delay(), payment.outage()));
    }

    @Bean
    PaymentProvider paymentProvider(JdbcClient jdbc, Simulation paymentSimulation) {
        return new SimulatedPaymentProvider(jdbc, paymentSimulation);
    }

    @Bean
    PaymentStep paymentStep(PaymentProvider provider) {
        return new PaymentStep(provider);
    }

    @Bean
    LaneWorker<?> paymentWorker(PaymentStep step, WorkItems items, Completions completions, LaneSettings settings) {
        return new LaneWorker<>(step, items, completions, settings);
    }

    @Bean
    Simulation shippingSimulation(ProviderSettings settings) {
        ProviderSettings.Shipping shipping = settings.shipping();
        return new Simulation(new Behavior(1, shipping.delay(), shipping.outage()));
    }

    @Bean
    Carrier carrier(JdbcClient jdbc, Simulation shippingSimulation, ProviderSettings settings) {
        return new SimulatedCarrier(
                jdbc, shippingSimulation, settings.shipping().transit());
    }

    @Bean
    ShippingStep shippingStep(Carrier carrier) {
        return new ShippingStep(carrier, ASK_AGAIN);
    }

    @Bean
    LaneWorker<?> shippingWorker(ShippingStep step, WorkItems items, Completions completions, LaneSettings settings) {
        return new LaneWorker<>(step, items, completions, settings);
    }

    @Bean
    Simulation notificationSimulation(ProviderSettings settings) {
        ProviderSettings.Notification notification = settings.notification();
        return new Simulation(new Behavior(1, notification.delay(), notification.outage()));
    }

    @Bean
    NotificationChannel notificationChannel(
            JdbcClient jdbc,
            Simulation notificationSimulation,
            ProviderSettings settings,
            ObjectProvider<JavaMailSender> sender) {
        return settings.notification().email()
                ? new EmailChannel(sender.getObject(), settings.notification().from())
                : new SimulatedNotificationChannel(jdbc, notificationSimulation);
    }

    @Bean
    NotificationStep notificationStep(NotificationChannel channel) {
        return new NotificationStep(channel);
    }

    @Bean
    LaneWorker<?> notificationWorker(
            NotificationStep step, WorkItems items, Completions completions, LaneSettings settings) {
        return new LaneWorker<>(step, items, completions, settings);
    }
}
