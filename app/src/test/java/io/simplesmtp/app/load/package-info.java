/** Tests of what a load generator sends and hears. */
@NullMarked
package io.simplesmtp.app.load;

import org.jspecify.annotations.NullMarked;
