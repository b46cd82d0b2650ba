/** The examples of docs/attribution.md about codes without a click. */
@NullMarked
package io.example.codes;

import org.jspecify.annotations.NullMarked;
