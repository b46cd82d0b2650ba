package io.reftrail.servlet;

import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * A server that the contracts run on. Each module that runs them names its own in {@code META-INF/services}, and the version in the
 * system property {@code server}.
 */
public interface ServletContainer {

    /** The server of this module. */
    static ServletContainer underTest() {
        return ServiceLoader.load(ServletContainer.class).findFirst().orElseThrow();
    }

    /** Starts the server with one application. */
    WebServer start(WebApp app);

    /** Deploys a directory with {@code WEB-INF} as the root application, with all that the container does by itself. */
    WebServer deploy(Path directory);

    /** Returns whether the server is like most. A server that is not overrides this. */
    default boolean has(ServerHabit habit) {
        return true;
    }
}
