package io.reftrail.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** An application as a container deploys it, with Reftrail in {@code WEB-INF/lib}. */
final class War {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String NAMESPACE = " xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">";

    private final Path webInf;

    War(Path directory) {
        webInf = directory.resolve("WEB-INF");
        try {
            Files.createDirectories(webInf.resolve("lib"));
            putLibraryOf(ReferralCaptureFilter.class, webInf.resolve("lib").resolve("reftrail-servlet-filter.jar"));
        } catch (IOException | URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Puts the library of a class into the application, which then does not take it from the server. */
    War library(Class<?> type) {
        try {
            putLibraryOf(type, webInf.resolve("lib").resolve(type.getSimpleName() + ".jar"));
            return this;
        } catch (IOException | URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void putLibraryOf(Class<?> type, Path jar) throws IOException, URISyntaxException {
        Path source =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isRegularFile(source)) {
            Files.copy(source, jar);
            return;
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(source.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    War webXml(String content) {
        return write("web.xml", HEAD + "<web-app" + NAMESPACE + content + "</web-app>");
    }

    War properties(String content) {
        return write("reftrail.properties", content);
    }

    /** Adds a library with a fragment of this content. */
    War fragment(String library, String content) {
        Path jar = webInf.resolve("lib").resolve(library + ".jar");
        String fragment = HEAD + "<web-fragment" + NAMESPACE + content + "</web-fragment>";
        write(jar, Map.of("META-INF/web-fragment.xml", fragment));
        return this;
    }

    private static void write(Path jar, Map<String, String> entries) {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private War write(String name, String content) {
        try {
            Files.writeString(webInf.resolve(name), content);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
