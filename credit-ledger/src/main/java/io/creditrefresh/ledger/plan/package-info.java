/** What a plan gives: the catalogue of allowances per plan and credit kind. */
@NullMarked
package io.creditrefresh.ledger.plan;

import org.jspecify.annotations.NullMarked;
