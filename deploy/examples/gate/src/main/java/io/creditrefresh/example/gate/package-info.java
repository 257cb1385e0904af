/** Spends credits before a resource method runs, and gives them back when it fails: to be copied into a backend. */
@NullMarked
package io.creditrefresh.example.gate;

import org.jspecify.annotations.NullMarked;
