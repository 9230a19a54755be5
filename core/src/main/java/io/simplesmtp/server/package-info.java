/**
 * The SMTP server: its builder, its listeners, its bounds, and the handler that answers the
 * clients.
 */
@NullMarked
package io.simplesmtp.server;

import org.jspecify.annotations.NullMarked;
