/** The octets of SMTP: bounded lines, dot-stuffed mail data, replies. */
@NullMarked
package io.simplesmtp.internal.wire;

import org.jspecify.annotations.NullMarked;
