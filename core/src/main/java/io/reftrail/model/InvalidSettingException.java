package io.reftrail.model;

/**
 * A setting cannot work. Thrown when Reftrail is built, never while it runs; says what to write instead. The message
 * never holds the value of a secret.
 */
@SuppressWarnings("serial")
public final class InvalidSettingException extends IllegalArgumentException {

    private final String setting;
    private final String problem;
    private final String action;

    /**
     * @param setting the name of the setting, in the spelling of a property, for example {@code cookie.same-site}
     * @param problem what is wrong with it
     * @param action what to write instead
     */
    public InvalidSettingException(String setting, String problem, String action) {
        super(setting + ": " + problem + ". " + action);
        this.setting = setting;
        this.problem = problem;
        this.action = action;
    }

    /** The name of the setting. */
    public String setting() {
        return setting;
    }

    /** What is wrong. */
    public String problem() {
        return problem;
    }

    /** What to write instead. */
    public String action() {
        return action;
    }
}
