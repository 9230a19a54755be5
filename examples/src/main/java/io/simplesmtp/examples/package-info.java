/** Small programs to copy from; every Java snippet of the documents stands here. */
@NullMarked
package io.simplesmtp.examples;

import org.jspecify.annotations.NullMarked;
