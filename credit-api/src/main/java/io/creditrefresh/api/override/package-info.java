/** What admins change by hand: credits, settings, and what plans give. */
@NullMarked
package io.creditrefresh.api.override;

import org.jspecify.annotations.NullMarked;
