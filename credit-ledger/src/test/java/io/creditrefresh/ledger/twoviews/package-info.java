/** Users moved between Credits v1 and v2 at random, on real Postgres, against a model of the rules of both views. */
@NullMarked
package io.creditrefresh.ledger.twoviews;

import org.jspecify.annotations.NullMarked;
