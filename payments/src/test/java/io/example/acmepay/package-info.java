@NullMarked
package io.example.acmepay;

import org.jspecify.annotations.NullMarked;
