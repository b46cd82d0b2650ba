package io.reftrail.servlet;

/** A running server with one {@link WebApp}. */
interface WebServer extends AutoCloseable {

    int port();

    @Override
    void close();
}
