package io.reftrail.backend.internal;

import io.reftrail.model.InvalidSettingException;
import java.util.Map;
import java.util.regex.Pattern;

/** A secret key that can stand in a header unchanged. Its {@code toString} does not show it. */
public final class ApiKey {

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final String value;

    /** @throws InvalidSettingException if the key has characters that no key has; the message does not contain the key */
    public ApiKey(String backend, String value) {
        if (!TOKEN.matcher(value).matches() || value.contains("${")) {
            throw new InvalidSettingException(
                    backend + ".api-key",
                    value.contains("${")
                            ? "the value is a placeholder that was never filled in"
                            : "the value is not a key: it is empty, or has spaces or characters outside ASCII",
                    value.contains("${")
                            ? "Set the variable that it names, or leave the key out if you do not use " + backend + "."
                            : "Copy the key from the settings page of " + backend + " without quotes and line breaks.");
        }
        this.value = value;
    }

    /** Returns the key. */
    public String value() {
        return value;
    }

    /** Returns the header of a call that carries the key as a bearer token. */
    public Map<String, String> asBearer() {
        return Map.of("Authorization", "Bearer " + value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
