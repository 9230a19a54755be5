/** Sockets, TLS, threads and deadlines. */
@NullMarked
package io.simplesmtp.internal.server;

import org.jspecify.annotations.NullMarked;
