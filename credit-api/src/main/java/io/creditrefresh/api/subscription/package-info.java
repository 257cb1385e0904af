/** Which plan a user is on, and the credits that it owes them. */
@NullMarked
package io.creditrefresh.api.subscription;

import org.jspecify.annotations.NullMarked;
