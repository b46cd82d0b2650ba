package io.reftrail.backend.internal;

import io.reftrail.model.InvalidSettingException;

/** Settings that are texts: the check of a required one, and the descriptions of settings that several vendors have. */
public final class SettingText {

    /** Describes {@code base-url}. */
    public static final String BASE_URL = "URL of the API";

    /** Describes {@code calls-per-minute}. */
    public static final String CALLS_PER_MINUTE =
            "Most calls per minute that all nodes make together; `0` for no limit";

    /** Describes {@code lead-event-name}. */
    public static final String LEAD_EVENT_NAME = "The vendor's label of the sign-up event";

    /** Describes {@code sales}. */
    public static final String SALES =
            "How the vendor learns of sales. `api`: Reftrail reports them. `checkout`: the payment"
                    + " provider does, and the checkout carries the click";

    /** Describes {@code codes}. */
    public static final String CODES =
            "Partners' codes that are captured; any other value stays in the URL. If empty, any code is"
                    + " captured, but no URL, path or host name in a generic parameter such as `ref`";

    /** Describes {@code code-pattern}. */
    public static final String CODE_PATTERN =
            "Regular expression that a captured code matches as a whole, besides the listed ones";

    private SettingText() {}

    /**
     * Returns the value.
     *
     * @param setting the name of the setting, with the backend's in front
     * @param action what to write instead
     * @throws InvalidSettingException if the value is blank or an unresolved placeholder
     */
    public static String required(String setting, String value, String action) {
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
