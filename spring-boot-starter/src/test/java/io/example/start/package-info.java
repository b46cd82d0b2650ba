/** The code of README.md and docs/getting-started.md, in one small shop. */
@NullMarked
package io.example.start;

import org.jspecify.annotations.NullMarked;
