/** Accounts that could not be refreshed, and having them tried again. */
@NullMarked
package io.creditrefresh.api.failure;

import org.jspecify.annotations.NullMarked;
