package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.CONVERSIONS;
import static io.reftrail.samples.sandbox.RunningSandbox.INTROW_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * How the sandbox starts next to another application. The test class path has that application's
 * {@code application.properties}, {@code schema.sql} and {@code static/index.html}, and Spring Security.
 */
class SandboxBackendTests {

    @Test
    void takesNothingFromTheApplicationNextToIt() throws Exception {
        try (RunningSandbox sandbox = new RunningSandbox()) {
            assertThat(sandbox.get("/r/nora").statusCode()).isEqualTo(302);
            assertThat(sandbox.get("/").body()).contains("<title>Reftrail sandbox</title>");
            assertThat(sandbox.get("/index.html").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void startsAsAnOrdinarySpringApplicationToo() {
        try (ConfigurableApplicationContext context = SpringApplication.run(SandboxBackend.class, "--server.port=0")) {
            assertThat(context.getEnvironment().getProperty("sandbox.partners")).isEqualTo("nora,leo,mia");
            assertThat(context.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
            assertThat(context.getBeanNamesForType(jakarta.servlet.Filter.class))
                    .noneMatch(name -> name.contains("security") || name.contains("Security"));
        }
    }

    @Test
    void leavesTheApplicationNextToItAlone() {
        SpringApplication other = new SpringApplication(Neighbour.class);
        other.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = other.run()) {
            assertThat(context.getEnvironment().getProperty("sandbox.partners")).isEqualTo("nobody");
            assertThat(context.getEnvironment().getProperty("server.port")).isEqualTo("1");
        }
    }

    @Test
    void runsTwiceInOneProcessWithoutSharingAnything() throws Exception {
        try (RunningSandbox one = new RunningSandbox();
                RunningSandbox two = new RunningSandbox()) {
            one.get("/r/nora");

            assertThat(one.calls("")).hasSize(1);
            assertThat(two.calls("")).isEmpty();
        }
    }

    @Test
    void keepsItsRecordsInAFileIfTold(@TempDir Path folder) throws Exception {
        String url = "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("sandbox");
        String token;
        try (RunningSandbox before = new RunningSandbox(url)) {
            token = before.click("/r/nora");
        }
        try (RunningSandbox after = new RunningSandbox(url)) {
            String body = "{\"clickId\":\"" + token + "\"}";
            assertThat(after.post(CONVERSIONS, body, INTROW_KEY).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void servesThePageWithAllItNeeds() throws Exception {
        try (RunningSandbox sandbox = new RunningSandbox()) {
            assertThat(sandbox.get("/").headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/html");
            assertThat(sandbox.get("/sandbox/page/base.css").body()).contains("prefers-color-scheme");
            for (String page : List.of("/", "/payments")) {
                assertThat(sandbox.get(page).body()).contains("/sandbox/page/base.css");
            }
            assertThat(sandbox.get("/sandbox/page/page.js").body()).contains("/sandbox/calls");
            assertThat(sandbox.get("/sandbox/links").body())
                    .contains("\"/r/nora\"")
                    .contains("\"/go/unlinked\"");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Neighbour {}
}
