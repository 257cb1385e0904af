/** Tokens for the services of a run: made, signed and trusted on this machine only. */
@NullMarked
package io.creditrefresh.local.token;

import org.jspecify.annotations.NullMarked;
