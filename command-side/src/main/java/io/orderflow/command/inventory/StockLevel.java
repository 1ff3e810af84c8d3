package io.orderflow.command.inventory;

/**
 * How many pieces of a product there are.
 *
 * @param onHand all of them
 * @param reserved those put aside for orders
 * @param available the others
 */
record StockLevel(int onHand, int reserved, int available) {}
