/**
 * The rules of SMTP without any input or output: commands, their parser, and the machine that
 * sequences them.
 */
@NullMarked
package io.simplesmtp.internal.protocol;

import org.jspecify.annotations.NullMarked;
