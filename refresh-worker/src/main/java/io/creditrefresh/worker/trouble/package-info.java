/** What an error means, decided in one place, and how weather is waited out. */
@NullMarked
package io.creditrefresh.worker.trouble;

import org.jspecify.annotations.NullMarked;
