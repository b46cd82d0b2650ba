package io.reftrail.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The sample shop as it has been packaged. */
public final class SampleShop {

    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    private SampleShop() {}

    /** The executable jar. */
    public static Path jar() throws IOException {
        Path target = Path.of(System.getProperty("benchmarks.samples", "samples"), "spring-boot-app", "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-app.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no shop in " + target));
        }
    }

    /** Takes it apart, and returns where its classes and its libraries are. */
    public static List<Path> unpack(Path directory) throws IOException {
        List<Path> classPath = new ArrayList<>(List.of(directory.resolve(CLASSES)));
        try (ZipFile jar = new ZipFile(jar().toFile())) {
            for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && entry.getName().startsWith("BOOT-INF/")) {
                    Path file = directory.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                    if (entry.getName().startsWith(LIBRARIES)) {
                        classPath.add(file);
                    }
                }
            }
        }
        return classPath;
    }

    /** Writes those of a class path that are wanted as the command line takes them. */
    public static String join(List<Path> classPath, Predicate<Path> wanted) {
        return classPath.stream().filter(wanted).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
