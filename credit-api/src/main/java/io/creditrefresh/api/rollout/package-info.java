/** The move to Credits v2, as admins steer it. */
@NullMarked
package io.creditrefresh.api.rollout;

import org.jspecify.annotations.NullMarked;
