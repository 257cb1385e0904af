/** What billing providers send, before anything is known of its shape. */
@NullMarked
package io.creditrefresh.billing;

import org.jspecify.annotations.NullMarked;
