/** What a billing provider tells of subscriptions, in whatever order it arrives. */
@NullMarked
package io.creditrefresh.ledger.provider;

import org.jspecify.annotations.NullMarked;
