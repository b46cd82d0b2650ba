package io.reftrail.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the projects in src/it, which Maven has just compiled, got on their class path through Reftrail. */
class ConsumerTests {

    static final List<String> BROUGHT_BY_CORE = List.of(
            "com.fasterxml.jackson.core:jackson-annotations",
            "org.apache.httpcomponents.client5:httpclient5",
            "org.apache.httpcomponents.core5:httpcore5",
            "org.apache.httpcomponents.core5:httpcore5-h2",
            "org.slf4j:slf4j-api",
            "tools.jackson.core:jackson-core",
            "tools.jackson.core:jackson-databind");

    /** What {@code spring-boot-starter} itself brings. */
    private static final List<String> BROUGHT_BY_BOOT = List.of(
            "ch.qos.logback:logback-classic",
            "ch.qos.logback:logback-core",
            "commons-logging:commons-logging",
            "io.micrometer:micrometer-commons",
            "io.micrometer:micrometer-observation",
            "jakarta.annotation:jakarta.annotation-api",
            "org.apache.logging.log4j:log4j-api",
            "org.apache.logging.log4j:log4j-to-slf4j",
            "org.jspecify:jspecify",
            "org.slf4j:jul-to-slf4j",
            "org.springframework.boot:spring-boot",
            "org.springframework.boot:spring-boot-autoconfigure",
            "org.springframework.boot:spring-boot-starter",
            "org.springframework.boot:spring-boot-starter-logging",
            "org.springframework:spring-aop",
            "org.springframework:spring-beans",
            "org.springframework:spring-context",
            "org.springframework:spring-core",
            "org.springframework:spring-expression",
            "org.yaml:snakeyaml");

    /** What {@code spring-boot-starter-actuator} brings besides. */
    private static final List<String> BROUGHT_BY_THE_ACTUATOR = List.of(
            "io.micrometer:micrometer-core",
            "io.micrometer:micrometer-jakarta9",
            "org.hdrhistogram:HdrHistogram",
            "org.springframework.boot:spring-boot-actuator",
            "org.springframework.boot:spring-boot-actuator-autoconfigure",
            "org.springframework.boot:spring-boot-health",
            "org.springframework.boot:spring-boot-micrometer-metrics",
            "org.springframework.boot:spring-boot-micrometer-observation",
            "org.springframework.boot:spring-boot-starter-actuator",
            "org.springframework.boot:spring-boot-starter-micrometer-metrics");

    private static final Pattern COORDINATES = Pattern.compile("^ +([^: ]+:[^: ]+):jar:", Pattern.MULTILINE);

    @Test
    void coreBringsTheHttpClientJacksonAndSlf4j() throws IOException {
        assertThat(classPath("core"))
                .containsExactlyInAnyOrderElementsOf(with(BROUGHT_BY_CORE, Stream.of("io.reftrail:reftrail-core")));
    }

    @Test
    void theFilterBringsTheEmbeddedStoreBesides() throws IOException {
        assertThat(classPath("servlet-filter"))
                .containsExactlyInAnyOrderElementsOf(with(
                        BROUGHT_BY_CORE,
                        Stream.of(
                                "io.reftrail:reftrail-core",
                                "io.reftrail:reftrail-servlet-filter",
                                "org.xerial:sqlite-jdbc")));
    }

    /** Stripe's library is optional. */
    @Test
    void paymentsBringNothingBesides() throws IOException {
        assertThat(classPath("payments"))
                .containsExactlyInAnyOrderElementsOf(
                        with(BROUGHT_BY_CORE, Stream.of("io.reftrail:reftrail-core", "io.reftrail:reftrail-payments")));
    }

    @Test
    void theStarterOfTheBomBringsSpringBootBesidesAndNoSpringSecurity() throws IOException {
        assertThat(classPath("starter"))
                .containsExactlyInAnyOrderElementsOf(with(
                        with(BROUGHT_BY_CORE, BROUGHT_BY_BOOT.stream()),
                        Stream.of(
                                "io.reftrail:reftrail-core",
                                "io.reftrail:reftrail-servlet-filter",
                                "io.reftrail:reftrail-security-integration",
                                "io.reftrail:reftrail-spring-boot-starter",
                                "org.xerial:sqlite-jdbc")));
    }

    @Test
    void theConsoleBringsTheActuatorBesidesTheStarter() throws IOException {
        assertThat(classPath("console"))
                .containsAll(classPath("starter"))
                .containsAll(BROUGHT_BY_THE_ACTUATOR)
                .contains("io.reftrail:reftrail-console")
                .hasSize(classPath("starter").size() + BROUGHT_BY_THE_ACTUATOR.size() + 1);
    }

    private static List<String> with(List<String> some, Stream<String> others) {
        return Stream.concat(some.stream(), others).toList();
    }

    private static List<String> classPath(String project) throws IOException {
        Path list = Publication.ROOT.resolve("compatibility/publication/target/it/" + project + "/target/dependencies");
        return COORDINATES
                .matcher(Files.readString(list))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
