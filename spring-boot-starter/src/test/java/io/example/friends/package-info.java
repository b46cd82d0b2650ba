/** The example of docs/refer-a-friend.md. */
@NullMarked
package io.example.friends;

import org.jspecify.annotations.NullMarked;
