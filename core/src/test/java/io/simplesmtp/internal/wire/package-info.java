/** Tests of the package of the same name. */
@NullMarked
package io.simplesmtp.internal.wire;

import org.jspecify.annotations.NullMarked;
