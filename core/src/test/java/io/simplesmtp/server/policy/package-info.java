/** Tests of the policies. */
@NullMarked
package io.simplesmtp.server.policy;

import org.jspecify.annotations.NullMarked;
