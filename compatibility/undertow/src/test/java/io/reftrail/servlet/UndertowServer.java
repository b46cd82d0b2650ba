package io.reftrail.servlet;

import io.reftrail.servlet.WebApp.FurtherFilter;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.Version;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;

/**
 * Embedded Undertow on a free loopback port, as strict as it is by default: where it is told to take unencoded characters, it
 * hands out decoded request URIs.
 */
final class UndertowServer implements WebServer {

    private final DeploymentManager manager;
    private final Undertow server;

    private UndertowServer(WebApp app) {
        manager = ServletContainer.Factory.newInstance().addDeployment(deployment(app));
        manager.deploy();
        String path = app.contextPath().isEmpty() ? "/" : app.contextPath();
        HttpHandler paths = new PathHandler().addPrefixPath(path, started());
        server = Undertow.builder()
                .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress())
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setHandler(app.trustsProxy() ? Handlers.proxyPeerAddress(paths) : paths)
                .build();
        server.start();
    }

    static WebServer start(WebApp app) {
        return new UndertowServer(app);
    }

    private static DeploymentInfo deployment(WebApp app) {
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(UndertowServer.class.getClassLoader())
                .setDeploymentName("shop")
                .setContextPath(app.contextPath())
                .setEagerFilterInit(true);
        Filter filter = app.filter();
        if (filter != null) {
            addFilter(deployment, "reftrail", filter, app.initParameters(), app.dispatchers());
        }
        for (FurtherFilter another : app.further()) {
            String name = "filter " + deployment.getFilters().size();
            addFilter(deployment, name, another.filter(), another.initParameters(), another.dispatchers());
        }
        app.pages().forEach((pattern, page) -> deployment.addServlet(servlet(pattern, page.toServlet())));
        app.errorPages().forEach((status, location) -> deployment.addErrorPage(new ErrorPage(location, status)));
        Security security = app.security();
        if (security != null) {
            new UndertowSecurity(security).apply(deployment);
        }
        return deployment;
    }

    private static ServletInfo servlet(String pattern, HttpServlet servlet) {
        return new ServletInfo(
                        "page of " + pattern, servlet.getClass(), new ImmediateInstanceFactory<HttpServlet>(servlet))
                .setAsyncSupported(true)
                .addMapping(pattern);
    }

    private static void addFilter(
            DeploymentInfo deployment,
            String name,
            Filter filter,
            Map<String, String> initParameters,
            Set<DispatcherType> dispatchers) {
        FilterInfo info =
                new FilterInfo(name, filter.getClass(), new ImmediateInstanceFactory<>(filter)).setAsyncSupported(true);
        initParameters.forEach(info::addInitParam);
        deployment.addFilter(info);
        dispatchers.forEach(dispatcher -> deployment.addFilterUrlMapping(name, "/*", dispatcher));
    }

    private HttpHandler started() {
        try {
            return manager.start();
        } catch (ServletException | RuntimeException failure) {
            manager.undeploy();
            throw new IllegalStateException("the application did not start", failure);
        }
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public String version() {
        return Version.getFullVersionString();
    }

    @Override
    public void close() {
        try {
            manager.stop();
            manager.undeploy();
        } catch (ServletException failure) {
            throw new IllegalStateException(failure);
        } finally {
            server.stop();
        }
    }
}
