/** Which operating system processes belong to a run, also to one that was itself killed. */
@NullMarked
package io.creditrefresh.local.process;

import org.jspecify.annotations.NullMarked;
