/** The backend of a product, as small as it can be. */
@NullMarked
package io.creditrefresh.example.app;

import org.jspecify.annotations.NullMarked;
