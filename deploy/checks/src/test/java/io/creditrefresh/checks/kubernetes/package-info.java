/** What k8s/ renders, held against the models of its objects and against policies of ours. */
@NullMarked
package io.creditrefresh.checks.kubernetes;

import org.jspecify.annotations.NullMarked;
