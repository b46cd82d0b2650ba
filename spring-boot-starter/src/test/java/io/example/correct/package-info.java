/** The example of docs/attribution.md. */
@NullMarked
package io.example.correct;

import org.jspecify.annotations.NullMarked;
