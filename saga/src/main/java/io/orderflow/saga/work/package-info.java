/** What a transaction decided: commands to send and outside effects to carry out, stored before anything leaves. */
@NullMarked
package io.orderflow.saga.work;

import org.jspecify.annotations.NullMarked;
