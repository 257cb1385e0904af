/** What every write has in common: its key, its answer, its refusals, its log. */
@NullMarked
package io.creditrefresh.api.write;

import org.jspecify.annotations.NullMarked;
