package io.reftrail.servlet;

/** A running server with one {@link WebApp}. */
interface WebServer extends AutoCloseable {

    int port();

    /** The product and its version, as the server itself says it: {@code Apache Tomcat/11.0.24}. */
    String version();

    @Override
    void close();
}
