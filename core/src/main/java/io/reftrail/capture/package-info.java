/** Reading clicks from a raw query string, keeping them in cookies, reading them back from a raw {@code Cookie} header. */
@NullMarked
package io.reftrail.capture;

import org.jspecify.annotations.NullMarked;
