/** Whether everybody's credits are as they must be. */
@NullMarked
package io.creditrefresh.api.verification;

import org.jspecify.annotations.NullMarked;
