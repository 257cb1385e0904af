/** The compose file, by the schema of compose. */
@NullMarked
package io.creditrefresh.checks.compose;

import org.jspecify.annotations.NullMarked;
