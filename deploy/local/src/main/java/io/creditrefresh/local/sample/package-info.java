/** A user table such as an old system would hand over, made up, the same for the same day and number of users. */
@NullMarked
package io.creditrefresh.local.sample;

import org.jspecify.annotations.NullMarked;
