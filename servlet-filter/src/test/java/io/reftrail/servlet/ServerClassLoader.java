package io.reftrail.servlet;

import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The class path of a test as that of a server, which an initializer in {@code WEB-INF/lib} is not on as well. */
final class ServerClassLoader extends ClassLoader {

    private static final String INITIALIZERS = "META-INF/services/" + ServletContainerInitializer.class.getName();

    ServerClassLoader() {
        super(ServerClassLoader.class.getClassLoader());
    }

    @Override
    public @Nullable URL getResource(String name) {
        return name.equals(INITIALIZERS) ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(INITIALIZERS) ? Collections.emptyEnumeration() : super.getResources(name);
    }
}
