package io.orderflow.command.catalogue;

import java.util.Currency;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be ordered.
 *
 * @param open whether products that are not in the catalogue are accepted at the client's price, without stock
 * @param currency of prices whose request names none; ISO 4217
 */
@ConfigurationProperties("orderflow.catalogue")
public record CatalogueProperties(
        @DefaultValue("false") boolean open,
        @DefaultValue("EUR") Currency currency) {}
