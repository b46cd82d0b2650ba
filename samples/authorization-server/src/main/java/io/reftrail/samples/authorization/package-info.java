/** An identity provider for the sample shop: Spring Authorization Server with four made-up people. */
@NullMarked
package io.reftrail.samples.authorization;

import org.jspecify.annotations.NullMarked;
