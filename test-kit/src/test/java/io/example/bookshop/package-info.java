/** An application that its developers test with the kit: the code of {@code docs/testing.md}. */
@NullMarked
package io.example.bookshop;

import org.jspecify.annotations.NullMarked;
