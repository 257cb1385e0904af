/** What billing providers send and say: stored at once, applied afterwards. */
@NullMarked
package io.creditrefresh.api.billing;

import org.jspecify.annotations.NullMarked;
