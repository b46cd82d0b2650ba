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
     * @param action what to write instead; a setting's name in it begins with <code>{prefix}</code>
     */
    public InvalidSettingException(String setting, String problem, String action) {
        super(setting + ": " + problem + ". " + action.replace("{prefix}", ""));
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

    /**
     * What to write instead.
     *
     * @param prefix what stands before the names of settings where they are written
     */
    public String action(String prefix) {
        return action.replace("{prefix}", prefix);
    }
}
