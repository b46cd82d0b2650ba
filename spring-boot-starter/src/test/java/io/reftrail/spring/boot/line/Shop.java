package io.reftrail.spring.boot.line;

import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole application on a free port, one visitor, and the servers of two tracking backends. */
final class Shop implements AutoCloseable {

    final StubServer introw = StubServer.answering(Answer.recorded());
    final StubServer refport = StubServer.answering(Answer.of(200, "{\"success\":true}"));
    final Browser visitor;
    private final ConfigurableApplicationContext context;

    /** @param properties besides the key of the Introw backend */
    Shop(String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.generate-unique-name=true",
                "--management.health.ldap.enabled=false",
                "--reftrail.introw.api-key=key",
                "--reftrail.lead.unknown-age=report",
                "--reftrail.introw.base-url=" + introw.url(),
                "--reftrail.refport.base-url=" + refport.url()));
        for (String property : properties) {
            String name = "--" + property.substring(0, property.indexOf('=') + 1);
            all.removeIf(other -> other.startsWith(name));
            all.add("--" + property);
        }
        context = new SpringApplicationBuilder(ShopConfiguration.class).run(all.toArray(String[]::new));
        visitor = visitor();
    }

    /** Returns the browser of another visitor. */
    Browser visitor() {
        return new Browser(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Stops the application, which may take as long as what is under way needs. */
    void stop() {
        context.close();
    }

    @Override
    public void close() {
        context.close();
        introw.close();
        refport.close();
    }
}
