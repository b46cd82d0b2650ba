package io.reftrail.benchmarks;

import io.reftrail.samples.demo.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * The sample shop for {@link ShopLauncher}, unpacked into jars, which an archive of classes (CDS) requires.
 *
 * @param directory where its files are
 * @param jars the class path
 * @param jvmOptions what the JVM is started with
 */
record PackagedShop(Path directory, List<Path> jars, List<String> jvmOptions) {

    private static final String MAIN = "io.reftrail.samples.shop.Shop";
    private static final String AOT_PROCESSOR = "org.springframework.boot.SpringApplicationAotProcessor";

    /** Nothing listens where the shop reports leads. */
    private static final List<String> ARGUMENTS =
            List.of("--server.port=0", "--reftrail.console.enabled=false", "--sandbox-url=http://localhost:1");

    /** Unpacks the shop's jar. */
    static PackagedShop unpack(Path directory) throws IOException {
        Path classes = directory.resolve("BOOT-INF/classes");
        List<Path> jars = new ArrayList<>();
        Path shop = JavaProcess.applicationJar(Path.of("samples", "spring-boot-app"));
        try (ZipFile jar = new ZipFile(shop.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && entry.getName().startsWith("BOOT-INF/")) {
                    Path file = directory.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                    if (entry.getName().startsWith("BOOT-INF/lib/")) {
                        jars.add(file);
                    }
                }
            }
        }
        Path launcher = Path.of("benchmarks", "target", "classes");
        jars.add(0, jar(classes, directory.resolve("shop.jar"), file -> true));
        jars.add(jar(
                launcher,
                directory.resolve("launcher.jar"),
                file -> file.contains("ShopLauncher") || file.equals("logback.xml")));
        return new PackagedShop(directory, jars, List.of("-Xmx256m"));
    }

    /** Returns the shop without some of its libraries. */
    PackagedShop without(String library) throws IOException {
        List<Path> rest = jars.stream()
                .filter(jar -> !jar.getFileName().toString().startsWith(library))
                .toList();
        if (rest.size() == jars.size()) {
            throw new IOException("the shop has no " + library);
        }
        return new PackagedShop(directory, rest, jvmOptions);
    }

    /**
     * Has Spring process the application ahead of time.
     *
     * @param name the name for the files
     */
    PackagedShop processedAheadOfTime(String name) throws IOException, InterruptedException {
        Path sources = directory.resolve(name + "-sources");
        Path classes = Files.createDirectories(directory.resolve(name + "-classes"));
        List<String> arguments =
                new ArrayList<>(List.of(MAIN, sources.toString(), classes.toString(), classes.toString()));
        arguments.addAll(List.of("io.reftrail", "shop"));
        arguments.addAll(ARGUMENTS);
        Path log = directory.resolve(name + ".log");
        try (JavaProcess process = JavaProcess.startOn(classPath(jars), AOT_PROCESSOR, jvmOptions, log, arguments)) {
            process.output().lines().forEach(line -> {});
            if (process.await() != 0) {
                throw new IOException("the application could not be processed; see " + log);
            }
        }
        List<Path> withClasses = new ArrayList<>(List.of(classes));
        withClasses.addAll(jars);
        List<String> compiler = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString()));
        compiler.addAll(List.of("-cp", classPath(withClasses)));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(compiler::add);
        }
        if (Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK")
                        .run(null, null, null, compiler.toArray(String[]::new))
                != 0) {
            throw new IOException("the sources in " + sources + " could not be compiled");
        }
        withClasses.set(0, jar(classes, directory.resolve(name + ".jar"), file -> true));
        return new PackagedShop(directory, withClasses, with("-Dspring.aot.enabled=true"));
    }

    /**
     * Starts the shop once to archive the classes that it loads.
     *
     * @param name the name for the files
     */
    PackagedShop withArchive(String name) throws IOException {
        String archive = directory.resolve(name + ".jsa").toString();
        PackagedShop training = new PackagedShop(directory, jars, with("-XX:ArchiveClassesAtExit=" + archive));
        try (JavaProcess process = training.start(List.of())) {
            while (!process.readLine().startsWith(ShopLauncher.LAST)) {
                // until all is loaded
            }
        }
        if (!Files.exists(Path.of(archive))) {
            throw new IOException("the JVM has written no archive");
        }
        return new PackagedShop(directory, jars, with("-XX:SharedArchiveFile=" + archive, "-Xshare:on"));
    }

    /** Starts the shop; {@link ShopLauncher} says what it prints. */
    JavaProcess start(List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(ARGUMENTS);
        return JavaProcess.startOn(
                classPath(jars), ShopLauncher.class.getName(), jvmOptions, directory.resolve("shop.log"), arguments);
    }

    private List<String> with(String... options) {
        return Stream.concat(jvmOptions.stream(), Stream.of(options)).toList();
    }

    private static String classPath(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Writes a jar with an entry for each folder too: Spring searches folders for components. */
    private static Path jar(Path directory, Path jar, Predicate<String> wanted) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(file -> !file.equals(directory))
                    .filter(file -> wanted.test(directory.relativize(file).toString()))
                    .sorted()
                    .toList();
        }
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : files) {
                String name = directory.relativize(file).toString();
                if (Files.isDirectory(file)) {
                    zip.putNextEntry(new ZipEntry(name + "/"));
                } else {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(file, zip);
                }
            }
        }
        return jar;
    }
}
