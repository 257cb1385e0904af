/** How billing providers are connected. */
@NullMarked
package io.creditrefresh.billing.settings;

import org.jspecify.annotations.NullMarked;
