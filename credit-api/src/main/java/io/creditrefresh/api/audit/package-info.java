/** What people have done by their privileges. */
@NullMarked
package io.creditrefresh.api.audit;

import org.jspecify.annotations.NullMarked;
