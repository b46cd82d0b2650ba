package io.reftrail.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where one run keeps its databases and logs. Stays after a failure, for whoever looks for its cause. */
final class WorkDirectory implements AutoCloseable {

    private final Path path;
    private boolean discarded;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    static WorkDirectory create(String name) throws IOException {
        Path parent = Path.of(System.getProperty("benchmarks.work", "target/runs"));
        Files.createDirectories(parent);
        return new WorkDirectory(Files.createTempDirectory(parent, name + "-").toAbsolutePath());
    }

    Path path() {
        return path;
    }

    void discardIf(boolean succeeded) {
        discarded = succeeded;
    }

    @Override
    public void close() throws IOException {
        if (!discarded) {
            System.err.println(
                    "Databases and logs are in " + Path.of("").toAbsolutePath().relativize(path));
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(path)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
