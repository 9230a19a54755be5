/** Shows over sockets what the examples do. */
@NullMarked
package io.simplesmtp.examples;

import org.jspecify.annotations.NullMarked;
