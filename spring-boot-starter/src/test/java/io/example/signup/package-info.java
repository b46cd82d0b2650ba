/** Sign-ups of an application's own, as docs/sign-in.md shows them. */
@NullMarked
package io.example.signup;

import org.jspecify.annotations.NullMarked;
