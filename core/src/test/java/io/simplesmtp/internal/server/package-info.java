/** Tests of the package of the same name. */
@NullMarked
package io.simplesmtp.internal.server;

import org.jspecify.annotations.NullMarked;
