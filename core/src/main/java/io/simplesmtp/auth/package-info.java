/** SASL for SMTP AUTH: the mechanisms and what they ask of the application. */
@NullMarked
package io.simplesmtp.auth;

import org.jspecify.annotations.NullMarked;
