package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;

/** Checks settings that are plain text and must say something. */
final class SettingText {

    private SettingText() {}

    /**
     * Returns the value.
     *
     * @param setting the setting's name, the backend's included
     * @param action what to write instead
     * @throws InvalidSettingException if it is blank, or a placeholder that nobody has filled in
     */
    static String required(String setting, String value, String action) {
        if (value.isBlank()) {
            throw new InvalidSettingException(setting, "the value is empty", action);
        }
        if (value.contains("${")) {
            throw new InvalidSettingException(
                    setting, "the value is a placeholder that was never filled in", "Set the variable that it names.");
        }
        return value;
    }
}
