/** The values: who clicked, who signed up, what the backend said. They know nothing of the rest. */
@NullMarked
package io.reftrail.model;

import org.jspecify.annotations.NullMarked;
