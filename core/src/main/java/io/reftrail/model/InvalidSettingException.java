package io.reftrail.model;

import org.jspecify.annotations.Nullable;

/**
 * A setting cannot work. Thrown when Reftrail is built, never while it runs; says what to write instead. The message
 * never holds the value of a secret.
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
     *     {@code null} where the setting's default, or a value such as the action gives, is one
     */
    public InvalidSettingException(String setting, String problem, String action, @Nullable String remedy) {
        super(setting + ": " + problem + ". " + action.replace("{prefix}", ""));
        this.setting = setting;
        this.problem = problem;
        this.action = action;
        this.remedy = remedy;
    }

    /** The name of the setting. */
    public String setting() {
        return setting;
    }

    /** What is wrong. */
    public String problem() {
        return problem;
    }

    /** A setting and a value that let the application start, or {@code null} where it is the setting's default or example. */
    public @Nullable String remedy() {
        return remedy;
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
