package io.reftrail.security.routes;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/** Embedded Tomcat on a free loopback port. */
final class ShopServer implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();
    private final Context context;

    ShopServer(Consumer<ServletContext> application, @Nullable Supplier<Executor> threads) {
        this((classes, context) -> application.accept(context), Set.of(), threads);
    }

    ShopServer(ServletContainerInitializer initializer, Set<Class<?>> handled, @Nullable Supplier<Executor> threads) {
        for (Handler console : Logger.getLogger("").getHandlers()) {
            console.setLevel(Level.OFF);
        }
        tomcat.setBaseDir(new File("target", "tomcat").getPath());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        if (threads != null) {
            connector.getProtocolHandler().setExecutor(threads.get());
        }
        tomcat.setConnector(connector);
        context = tomcat.addContext("", null);
        context.addServletContainerInitializer(initializer, handled);
        start();
    }

    private void start() {
        try {
            tomcat.start();
        } catch (LifecycleException failure) {
            throw new IllegalStateException(failure);
        }
        if (context.getState() != LifecycleState.STARTED) {
            close();
            throw new IllegalStateException("the application did not start");
        }
    }

    ServletContext servletContext() {
        return context.getServletContext();
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
