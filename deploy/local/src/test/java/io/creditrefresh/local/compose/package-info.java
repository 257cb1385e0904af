/** The images and the compose file, as far as they can be tried without what runs containers. */
@NullMarked
package io.creditrefresh.local.compose;

import org.jspecify.annotations.NullMarked;
