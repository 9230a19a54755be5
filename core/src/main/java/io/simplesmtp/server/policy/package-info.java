/** Policies that stand before a handler, each a small class that shows how to write one. */
@NullMarked
package io.simplesmtp.server.policy;

import org.jspecify.annotations.NullMarked;
