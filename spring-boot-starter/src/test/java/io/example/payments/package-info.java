@NullMarked
package io.example.payments;

import org.jspecify.annotations.NullMarked;
