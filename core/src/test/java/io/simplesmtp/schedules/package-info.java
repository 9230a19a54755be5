/** Code that several threads run at once, under many schedules. */
@NullMarked
package io.simplesmtp.schedules;

import org.jspecify.annotations.NullMarked;
