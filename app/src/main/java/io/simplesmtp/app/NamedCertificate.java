package io.simplesmtp.app;

import java.nio.file.Path;

/**
 * A certificate for clients that ask for a name (SNI, RFC 6066 section 3).
 *
 * @param hostname a domain, or {@code *.} and a domain
 * @param certificate the certificate and its chain, PEM
 * @param key its private key, PEM
 */
record NamedCertificate(String hostname, Path certificate, Path key) {}
