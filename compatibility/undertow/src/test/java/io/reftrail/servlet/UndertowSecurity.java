package io.reftrail.servlet;

import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.WebResourceCollection;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Undertow's own security, put together as WildFly does when it reads a {@code web.xml}. */
final class UndertowSecurity {

    private final Security security;

    UndertowSecurity(Security security) {
        this.security = security;
    }

    void apply(DeploymentInfo deployment) {
        String method = security.method();
        deployment.setIdentityManager(new People());
        deployment.setLoginConfig(loginConfig(method));
        if (security.module() != null) {
            deployment.setJaspiAuthenticationMechanism(new HeaderMechanism());
        }
        if (method != null || security.module() != null) {
            deployment.addSecurityConstraint(new SecurityConstraint()
                    .addWebResourceCollection(new WebResourceCollection().addUrlPattern(Security.PROTECTED))
                    .addRoleAllowed(Security.ROLE));
        }
    }

    private static LoginConfig loginConfig(@Nullable String method) {
        if (method == null) {
            return new LoginConfig("shop");
        }
        return method.equals("FORM")
                ? new LoginConfig(method, "shop", "/login", "/wrong")
                : new LoginConfig(method, "shop");
    }

    /** A customer of the shop. */
    record Person(String name) implements Account {

        @Override
        public Principal getPrincipal() {
            return new Named(name);
        }

        @Override
        public Set<String> getRoles() {
            return Set.of(Security.ROLE);
        }
    }

    private record Named(String name) implements Principal {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final class People implements IdentityManager {

        @Override
        public Account verify(Account account) {
            return account;
        }

        @Override
        public @Nullable Account verify(String id, Credential credential) {
            boolean right = credential instanceof PasswordCredential password
                    && Security.PASSWORD.equals(String.valueOf(password.getPassword()));
            return right && Security.PEOPLE.contains(id) ? new Person(id) : null;
        }

        @Override
        public @Nullable Account verify(Credential credential) {
            return null;
        }
    }
}
