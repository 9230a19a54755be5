/** Real clients against a real server. */
@NullMarked
package io.simplesmtp.clients;

import org.jspecify.annotations.NullMarked;
