/** What is kept of a user: handed out, and taken away. */
@NullMarked
package io.creditrefresh.api.privacy;

import org.jspecify.annotations.NullMarked;
