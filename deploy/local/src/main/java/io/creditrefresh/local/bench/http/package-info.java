/** What spending and status cost over HTTP, beside the work that Postgres is usually measured by. */
@NullMarked
package io.creditrefresh.local.bench.http;

import org.jspecify.annotations.NullMarked;
