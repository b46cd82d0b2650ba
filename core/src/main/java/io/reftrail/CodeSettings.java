package io.reftrail;

import io.reftrail.model.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of codes that visitors give in forms.
 *
 * @param parameter the form field of sign-ups and sign-ins that carries the code, or {@code null} if none is read
 * @param wins what counts if a visitor has a click and gives a code
 */
public record CodeSettings(@Nullable String parameter, Winner wins) {

    /** The attribution of a customer who has a click and gives a code. */
    public enum Winner {
        /** The code. */
        CODE,
        /** The click. */
        CLICK
    }

    /** No form field is read; a code that the application passes wins over a click. */
    public static final CodeSettings DEFAULT = new CodeSettings(null, Winner.CODE);

    /** @throws InvalidSettingException if the parameter is blank */
    public CodeSettings {
        if (parameter != null && parameter.isBlank()) {
            throw new InvalidSettingException(
                    "referral-codes.parameter",
                    "the name of the form field is blank",
                    "Write the name of the field, or leave the setting out.",
                    "referral-codes.parameter=referral-code");
        }
    }
}
