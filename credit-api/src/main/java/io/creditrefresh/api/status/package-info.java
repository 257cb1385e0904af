/** What a user has, and when more comes. */
@NullMarked
package io.creditrefresh.api.status;

import org.jspecify.annotations.NullMarked;
