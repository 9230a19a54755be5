package io.simplesmtp.app;

import io.simplesmtp.server.SmtpServer;

/**
 * A server that runs.
 *
 * @param renewal reads its files again
 * @param welcome prints where it listens
 */
record Started(SmtpServer server, Renewal renewal, Runnable welcome) {}
