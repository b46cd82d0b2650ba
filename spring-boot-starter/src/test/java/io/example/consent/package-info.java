/** A shop that asks its visitors for consent, as {@code docs/consent-and-privacy.md} shows it. */
@NullMarked
package io.example.consent;

import org.jspecify.annotations.NullMarked;
