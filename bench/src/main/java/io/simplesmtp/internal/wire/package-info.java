/** Benchmarks of what the core shows to nobody. */
@NullMarked
package io.simplesmtp.internal.wire;

import org.jspecify.annotations.NullMarked;
