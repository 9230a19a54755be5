/** What the build holds the sources to, beyond their compilation. */
@NullMarked
package io.simplesmtp.gates;

import org.jspecify.annotations.NullMarked;
