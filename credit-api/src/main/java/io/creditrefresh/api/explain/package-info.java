/** Why a user has this balance and is refreshed on this date, for support. */
@NullMarked
package io.creditrefresh.api.explain;

import org.jspecify.annotations.NullMarked;
