/**
 * Backends that are declared as data: a JSON document says how clicks arrive, what is sent, and what the answers mean.
 * The document is interpreted once, not for each event.
 */
@NullMarked
package io.reftrail.backend.declared;

import org.jspecify.annotations.NullMarked;
