package io.reftrail.spring.boot.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.security.CodeSource;
import org.apache.catalina.util.ServerInfo;
import org.apache.hc.client5.http.classic.HttpClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;
import org.springframework.security.core.SpringSecurityCoreVersion;
import tools.jackson.databind.ObjectMapper;

/** The class path is that of the line that the build names, so that no lane runs another one unnoticed. */
class VersionsLineTests {

    private static String version(String part) {
        return switch (part) {
            case "spring-boot" -> String.valueOf(SpringBootVersion.getVersion());
            case "spring-framework" -> String.valueOf(SpringVersion.getVersion());
            case "spring-security" -> String.valueOf(SpringSecurityCoreVersion.getVersion());
            case "tomcat" -> ServerInfo.getServerNumber();
            case "micrometer" -> jar(MeterRegistry.class);
            case "slf4j" -> jar(Logger.class);
            case "httpclient5" -> jar(HttpClient.class);
            case "jackson" -> jar(ObjectMapper.class);
            case "jackson-annotations" -> jar(JsonIgnore.class);
            default -> throw new IllegalArgumentException(part);
        };
    }

    /** The version in the name of the file, which is the repository's. */
    private static String jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        String file = URI.create(source.getLocation().toString()).getPath();
        return file.substring(file.lastIndexOf('/') + 1).replaceFirst("^[a-z0-9-]*?-(?=[0-9]+\\.)", "");
    }

    @ParameterizedTest
    @CsvSource({
        "spring-boot",
        "spring-framework",
        "spring-security",
        "tomcat",
        "micrometer",
        "slf4j",
        "httpclient5",
        "jackson",
        "jackson-annotations"
    })
    void isThatOfTheLine(String part) {
        String wanted = System.getProperty("reftrail.line." + part);
        assertThat(wanted).as("the build says what %s to expect", part).isNotBlank();
        assertThat(version(part)).startsWith(wanted + ".");
    }
}
