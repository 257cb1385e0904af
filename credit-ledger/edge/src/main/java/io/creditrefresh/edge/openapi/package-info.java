/** The OpenAPI document, made from the code: what is required, what may be null, what the Javadoc says, which problems. */
@NullMarked
package io.creditrefresh.edge.openapi;

import org.jspecify.annotations.NullMarked;
