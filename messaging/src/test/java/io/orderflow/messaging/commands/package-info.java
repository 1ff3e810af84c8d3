/** The command channel, on real servers. */
package io.orderflow.messaging.commands;
