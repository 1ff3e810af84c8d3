package io.orderflow.bench.stock;

import io.orderflow.command.CommandSideApplication;
import java.util.Map;
import org.springframework.boot.SpringApplication;

/** The command side on {@link StockConfiguration}, otherwise configured as ever. */
public final class StockCommandSide {

    private StockCommandSide() {}

    public static void main(String[] arguments) {
        System.setProperty("axoniq.update-checker.disabled", "true"); // Axon looks nowhere else for it
        System.setProperty("spring.config.name", "command-side");
        // the framework's default; it is off in ours
        System.setProperty("axon.timeout.enabled", "true");
        SpringApplication application = new SpringApplication(CommandSideApplication.class, StockConfiguration.class);
        application.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
        application.run(arguments);
    }
}
