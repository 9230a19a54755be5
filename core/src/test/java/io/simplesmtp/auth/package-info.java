/** Tests of the package of the same name. */
@NullMarked
package io.simplesmtp.auth;

import org.jspecify.annotations.NullMarked;
