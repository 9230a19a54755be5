/** The dialogues of the transcripts folder, and what runs them. */
@NullMarked
package io.simplesmtp.transcripts;

import org.jspecify.annotations.NullMarked;
