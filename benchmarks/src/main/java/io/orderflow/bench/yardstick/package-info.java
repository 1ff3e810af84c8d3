/** What the same machine does with the same rows and records when nothing of ours stands in between. */
@NullMarked
package io.orderflow.bench.yardstick;

import org.jspecify.annotations.NullMarked;
