/** The conversation with one client, over an abstract transport. */
@NullMarked
package io.simplesmtp.internal.session;

import org.jspecify.annotations.NullMarked;
