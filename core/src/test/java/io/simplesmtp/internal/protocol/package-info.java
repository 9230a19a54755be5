/** Tests of the package of the same name. */
@NullMarked
package io.simplesmtp.internal.protocol;

import org.jspecify.annotations.NullMarked;
