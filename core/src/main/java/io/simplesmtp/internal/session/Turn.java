package io.simplesmtp.internal.session;

import io.simplesmtp.internal.protocol.Command;
import io.simplesmtp.internal.protocol.Step;

/**
 * A command of the client's.
 *
 * @param step what the machine says it leads to
 */
record Turn(Command command, Step step) {}
