package io.orderflow.command.recovery;

/**
 * What was done to a restored store.
 *
 * @param broughtBack events that stood on the topics only
 * @param moved events stored after the restoration and not published yet, which got later numbers
 */
public record Recovered(long broughtBack, long moved) {}
