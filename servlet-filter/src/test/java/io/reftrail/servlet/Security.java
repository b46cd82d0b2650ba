package io.reftrail.servlet;

import jakarta.security.auth.message.module.ServerAuthModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a container signs people in, as a {@code web.xml} or a module says it. Everybody's password is {@code secret}; the path
 * {@code /account} is for those who have signed in.
 *
 * @param method the {@code auth-method} of the {@code login-config}, or {@code null} without one
 * @param module a module of Jakarta Authentication, or {@code null}
 */
record Security(@Nullable String method, @Nullable ServerAuthModule module) {

    static final List<String> PEOPLE = List.of("kim", "lee", "ada@example.com");
    static final String PASSWORD = "secret";
    static final String ROLE = "customer";
    static final String PROTECTED = "/account";

    /** Pages of the application: {@code /login} asks for name and password, {@code /wrong} is shown for wrong ones. */
    static final Security FORM = new Security("FORM", null);

    static final Security BASIC = new Security("BASIC", null);

    /** Only the application itself signs people in. */
    static final Security OWN = new Security(null, null);
}
