package io.reftrail.model;

import org.jspecify.annotations.Nullable;

/**
 * The exception for a setting that cannot work. It is thrown when Reftrail is built, never later, and says what to write
 * instead. The message never contains the value of a secret.
 */
@SuppressWarnings("serial")
public final class InvalidSettingException extends IllegalArgumentException {

    private final String setting;
    private final String problem;
    private final String action;
    private final @Nullable String remedy;

    /**
     * @param setting the name of the setting, in the spelling of a property, for example {@code cookie.same-site}
     * @param problem what is wrong with it
     * @param action what to write instead; a setting's name in it begins with <code>{prefix}</code>
     */
    public InvalidSettingException(String setting, String problem, String action) {
        this(setting, problem, action, null);
    }

    /**
     * @param setting the name of the setting, in the spelling of a property, for example {@code cookie.same-site}
     * @param problem what is wrong with it
     * @param action what to write instead; a setting's name in it begins with <code>{prefix}</code>
     * @param remedy a setting and a value that let the application start, for example {@code cookie.secure=always}; or
     *     {@code null} if the setting's default or the action contains one
     */
    public InvalidSettingException(String setting, String problem, String action, @Nullable String remedy) {
        super(setting + ": " + problem + ". " + action.replace("{prefix}", ""));
        this.setting = setting;
        this.problem = problem;
        this.action = action;
        this.remedy = remedy;
    }

    /** Returns the name of the setting. */
    public String setting() {
        return setting;
    }

    /** Returns the problem. */
    public String problem() {
        return problem;
    }

    /**
     * Returns a setting and a value that let the application start, or {@code null} if the setting's default or example does.
     */
    public @Nullable String remedy() {
        return remedy;
    }

    /**
     * Returns what to write instead.
     *
     * @param prefix the prefix of the names of settings, for example {@code reftrail.}
     */
    public String action(String prefix) {
        return action.replace("{prefix}", prefix);
    }
}
