package io.reftrail.servlet;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.module.ServerAuthModule;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.ee10.security.jaspi.DefaultAuthConfigFactory;
import org.eclipse.jetty.ee10.security.jaspi.JaspiAuthenticatorFactory;
import org.eclipse.jetty.ee10.security.jaspi.provider.JaspiAuthConfigProvider;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Authenticator;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.security.authentication.FormAuthenticator;
import org.eclipse.jetty.util.security.Credential;
import org.jspecify.annotations.Nullable;

/** Jetty's own security, put together as Jetty does when it reads a {@code web.xml}. */
final class JettySecurity {

    private static final String LAYER = "HttpServlet";

    private final Security security;

    JettySecurity(Security security) {
        this.security = security;
    }

    ConstraintSecurityHandler handler() {
        UserStore people = new UserStore();
        for (String person : Security.PEOPLE) {
            people.addUser(person, Credential.getCredential(Security.PASSWORD), new String[] {Security.ROLE});
        }
        HashLoginService logins = new HashLoginService("shop");
        logins.setUserStore(people);
        ConstraintSecurityHandler handler = new ConstraintSecurityHandler();
        handler.setLoginService(logins);
        ServerAuthModule module = security.module();
        if (module != null) {
            AuthConfigFactory factory = new DefaultAuthConfigFactory();
            factory.registerConfigProvider(new JaspiAuthConfigProvider(module), LAYER, null, "of the test");
            AuthConfigFactory.setFactory(factory);
            handler.setAuthenticatorFactory(new JaspiAuthenticatorFactory());
        } else {
            handler.setAuthenticator(authenticator(security.method()));
        }
        if (module != null || security.method() != null) {
            ConstraintMapping constraint = new ConstraintMapping();
            constraint.setPathSpec(Security.PROTECTED);
            constraint.setConstraint(Constraint.from(Security.ROLE));
            handler.setConstraintMappings(List.of(constraint), Set.of(Security.ROLE));
        }
        return handler;
    }

    private static Authenticator authenticator(@Nullable String method) {
        return switch (String.valueOf(method)) {
            case "FORM" -> new FormAuthenticator("/login", "/wrong", false);
            case "BASIC" -> new BasicAuthenticator();
            default -> new LoginCallAuthenticator();
        };
    }
}
