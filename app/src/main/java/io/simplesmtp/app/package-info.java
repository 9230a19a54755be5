/** The program simplesmtp: its flags, its Maildir, and what it prints. */
@NullMarked
package io.simplesmtp.app;

import org.jspecify.annotations.NullMarked;
