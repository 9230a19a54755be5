/** Checks of what the paths of the core cost. */
@NullMarked
package io.simplesmtp.bench;

import org.jspecify.annotations.NullMarked;
