package io.reftrail.security.login;

import jakarta.servlet.ServletContainerInitializer;
import java.io.File;
import java.net.InetAddress;
import java.net.URI;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat on a free loopback port, with one application. */
final class EmbeddedServer implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();

    /** Takes its port. */
    EmbeddedServer(Connector connector) {
        for (Handler console : Logger.getLogger("").getHandlers()) {
            console.setLevel(Level.OFF);
        }
        tomcat.setBaseDir(new File("target", "tomcat").getPath());
        connector.setPort(0);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        tomcat.setConnector(connector);
        try {
            tomcat.init();
        } catch (LifecycleException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void start(ServletContainerInitializer application) {
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(application, Set.of());
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

    /** Returns where the application is, under the given name of this machine. */
    URI at(String host, String path) {
        Connector connector = tomcat.getConnector();
        return URI.create(connector.getScheme() + "://" + host + ":" + connector.getLocalPort() + path);
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
