/** Tests of the vocabulary. */
@NullMarked
package io.simplesmtp;

import org.jspecify.annotations.NullMarked;
