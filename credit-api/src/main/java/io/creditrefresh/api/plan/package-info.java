/** The catalogue as products and their users see it. */
@NullMarked
package io.creditrefresh.api.plan;

import org.jspecify.annotations.NullMarked;
