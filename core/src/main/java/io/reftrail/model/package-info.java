/** The values of the domain: attributions, customers, payments, events and outcomes. The package depends on no other. */
@NullMarked
package io.reftrail.model;

import org.jspecify.annotations.NullMarked;
