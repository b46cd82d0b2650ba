/** The trial {@code benchmarks/run payments}: money at the vendor is money at the payment provider. */
@NullMarked
package io.reftrail.benchmarks.payments;

import org.jspecify.annotations.NullMarked;
