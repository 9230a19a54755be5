/** Mail for other servers: what a load generator sends, how fast, and what it hears. */
@NullMarked
package io.simplesmtp.app.load;

import org.jspecify.annotations.NullMarked;
