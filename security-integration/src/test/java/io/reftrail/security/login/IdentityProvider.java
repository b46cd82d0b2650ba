package io.reftrail.security.login;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.URI;
import java.util.EnumSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** A Spring Authorization Server on a server of its own, with Kim's account. */
final class IdentityProvider implements AutoCloseable {

    private final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    private final Clients clients = new Clients();
    private final EmbeddedServer server = new EmbeddedServer(new Connector());

    IdentityProvider() {
        context.register(IdentityProviderConfiguration.class);
        context.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("clients", clients));
        server.start((types, servletContext) -> {
            context.setServletContext(servletContext);
            context.refresh();
            servletContext
                    .addFilter("security", context.getBean("springSecurityFilterChain", Filter.class))
                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
            servletContext.addServlet("pages", new DispatcherServlet(context)).addMapping("/");
        });
    }

    /** Returns where it is: under another name than the shop, so that a browser keeps their cookies apart. */
    URI at(String path) {
        return server.at("127.0.0.1", path);
    }

    /** Lets an application sign people in here. */
    void admit(URI redirect, String... scopes) {
        RegisteredClient.Builder client = RegisteredClient.withId(
                        UUID.randomUUID().toString())
                .clientId("shop")
                .clientSecret("{noop}secret")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(redirect.toString());
        for (String scope : scopes) {
            client.scope(scope);
        }
        clients.save(client.build());
    }

    @Override
    public void close() {
        context.close();
        server.close();
    }

    /** Knows at most one. */
    private static final class Clients implements RegisteredClientRepository {

        private final AtomicReference<@Nullable RegisteredClient> only = new AtomicReference<>();

        @Override
        public void save(RegisteredClient client) {
            only.set(client);
        }

        @Override
        public @Nullable RegisteredClient findById(String id) {
            RegisteredClient client = only.get();
            return client != null && client.getId().equals(id) ? client : null;
        }

        @Override
        public @Nullable RegisteredClient findByClientId(String clientId) {
            RegisteredClient client = only.get();
            return client != null && client.getClientId().equals(clientId) ? client : null;
        }
    }
}
