/** The program over sockets, as a process, and with real clients. */
@NullMarked
package io.simplesmtp.app;

import org.jspecify.annotations.NullMarked;
