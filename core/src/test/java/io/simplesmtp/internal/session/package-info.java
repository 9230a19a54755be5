/** Tests of the package of the same name. */
@NullMarked
package io.simplesmtp.internal.session;

import org.jspecify.annotations.NullMarked;
