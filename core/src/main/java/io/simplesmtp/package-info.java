/** The vocabulary of SMTP as immutable values: paths, envelopes, replies. */
@NullMarked
package io.simplesmtp;

import org.jspecify.annotations.NullMarked;
