/** The entries of an account as they add up: what each of them left of allowance and bonus. */
@NullMarked
package io.creditrefresh.ledger.trail;

import org.jspecify.annotations.NullMarked;
