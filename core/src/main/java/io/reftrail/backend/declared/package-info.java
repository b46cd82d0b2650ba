/**
 * Backends that are declared as data: a JSON document says how clicks arrive, what is sent, and what the answers mean.
 * The document is interpreted once, at the start.
 */
@NullMarked
package io.reftrail.backend.declared;

import org.jspecify.annotations.NullMarked;
