/** Work on many accounts at once: asking for it, its progress, its results. */
@NullMarked
package io.creditrefresh.api.bulk;

import org.jspecify.annotations.NullMarked;
