package io.reftrail.spring.boot.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.asm.ClassReader;

/** A class of ours, as it stands in a jar or in a directory of classes. */
final class OurClass {

    private final String name;
    private final byte[] code;

    private OurClass(String name, byte[] code) {
        this.name = name;
        this.code = code;
    }

    /** Returns all that stand beside this one. */
    static List<OurClass> of(Class<?> type) throws IOException {
        Path place = Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
        if (Files.isDirectory(place)) {
            return below(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return below(jar.getPath("/"));
        }
    }

    private static List<OurClass> below(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> read(root, file))
                    .toList();
        }
    }

    private static OurClass read(Path root, Path file) {
        try {
            String path = root.relativize(file).toString();
            return new OurClass(path.substring(0, path.length() - ".class".length()), Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String simpleName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** What it uses of others. */
    Set<Reference> references() {
        References references = new References();
        new ClassReader(code).accept(references, ClassReader.SKIP_DEBUG);
        return references.found();
    }
}
