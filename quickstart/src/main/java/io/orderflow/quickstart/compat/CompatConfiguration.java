package io.orderflow.quickstart.compat;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** All that this package adds to the front door. */
@Configuration(proxyBeanMethods = false)
@Import({CanonicalOrders.class, CapitalOrders.class, PluralOrders.class, SingularOrder.class, RefusalAdvice.class})
public class CompatConfiguration {}
