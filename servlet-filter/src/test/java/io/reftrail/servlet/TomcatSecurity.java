package io.reftrail.servlet;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.module.ServerAuthModule;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.AuthenticatorBase;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.authenticator.FormAuthenticator;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.jspecify.annotations.Nullable;

/** Tomcat's own security, put together as Tomcat does when it reads a {@code web.xml}. */
final class TomcatSecurity {

    private final Tomcat tomcat;
    private final Context context;

    TomcatSecurity(Tomcat tomcat, Context context) {
        this.tomcat = tomcat;
        this.context = context;
    }

    void apply(Security security) {
        for (String person : Security.PEOPLE) {
            tomcat.addUser(person, Security.PASSWORD);
            tomcat.addRole(person, Security.ROLE);
        }
        context.addSecurityRole(Security.ROLE);
        String method = security.method();
        ServerAuthModule module = security.module();
        if (method != null || module != null) {
            context.addConstraint(constraint());
        }
        context.setLoginConfig(new LoginConfig(
                method == null ? "NONE" : method, "shop", page("/login", method), page("/wrong", method)));
        context.getPipeline().addValve(authenticator(method));
        if (module != null) {
            context.addServletContainerInitializer(
                    (classes, servletContext) -> servletContext.addListener(new Registration(module)), Set.of());
        }
    }

    /** The factory outlives the application. */
    private record Registration(ServerAuthModule module) implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            AuthConfigFactory.getFactory().registerServerAuthModule(module, event.getServletContext());
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            AuthConfigFactory.getFactory().removeServerAuthModule(event.getServletContext());
        }
    }

    private static @Nullable String page(String path, @Nullable String method) {
        return "FORM".equals(method) ? path : null;
    }

    private static AuthenticatorBase authenticator(@Nullable String method) {
        return switch (String.valueOf(method)) {
            case "FORM" -> new FormAuthenticator();
            case "BASIC" -> new BasicAuthenticator();
            default -> new NonLoginAuthenticator();
        };
    }

    private static SecurityConstraint constraint() {
        SecurityCollection paths = new SecurityCollection();
        paths.addPattern(Security.PROTECTED);
        SecurityConstraint constraint = new SecurityConstraint();
        constraint.addCollection(paths);
        constraint.addAuthRole(Security.ROLE);
        return constraint;
    }
}
