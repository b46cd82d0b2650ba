package io.reftrail.servlet;

import io.reftrail.servlet.WebApp.FurtherFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import javax.naming.NamingException;
import org.eclipse.jetty.ee10.plus.webapp.EnvConfiguration;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.webapp.Configuration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.plus.jndi.EnvEntry;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.h2.jdbcx.JdbcDataSource;

/** Embedded Jetty on a free loopback port, as lenient as it gets so that hostile requests reach the filter. */
final class JettyServer implements WebServer {

    private static final int LARGE = 65_536;

    private final Server server = new Server();
    private final ServerConnector connector;

    private JettyServer(boolean relativeRedirects, boolean trustsProxy) {
        HttpConfiguration http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setRequestHeaderSize(LARGE);
        http.setRelativeRedirectAllowed(relativeRedirects);
        if (trustsProxy) {
            http.addCustomizer(new ForwardedRequestCustomizer());
        }
        connector =
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
    }

    static WebServer start(WebApp app) {
        JettyServer jetty = new JettyServer(app.usesRelativeRedirects(), app.trustsProxy());
        jetty.start(context(app));
        return jetty;
    }

    /** Deploys a directory as Jetty does, with its {@code web.xml}, fragments and initializers, but without JSP. */
    static WebServer deploy(Path directory) {
        JettyServer jetty = new JettyServer(true, false);
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setBaseResource(ResourceFactory.of(context).newResource(directory));
        context.setThrowUnavailableOnStartupException(true);
        jetty.start(context);
        return jetty;
    }

    private static WebAppContext context(WebApp app) {
        WebAppContext context = new WebAppContext();
        context.setContextPath(app.contextPath().isEmpty() ? "/" : app.contextPath());
        context.setBaseResource(ResourceFactory.of(context).newResource(Path.of("target", "test-classes")));
        context.setDefaultsDescriptor(null);
        context.setParentLoaderPriority(true);
        context.setThrowUnavailableOnStartupException(true);
        context.setConfigurations(new Configuration[0]);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        Filter filter = app.filter();
        if (filter != null) {
            addFilter(context, filter, app.initParameters(), app.dispatchers());
        }
        for (FurtherFilter another : app.further()) {
            addFilter(context, another.filter(), another.initParameters(), another.dispatchers());
        }
        app.pages().forEach((pattern, page) -> {
            ServletHolder servlet = new ServletHolder("page of " + pattern, page.toServlet());
            servlet.setAsyncSupported(true);
            context.addServlet(servlet, pattern);
        });
        ErrorPageErrorHandler errorPages = new ErrorPageErrorHandler();
        app.errorPages().forEach(errorPages::addErrorPage);
        context.setErrorHandler(errorPages);
        Security security = app.security();
        if (security != null) {
            context.setSecurityHandler(new JettySecurity(security).handler());
        }
        String dataSourceUrl = app.dataSourceUrl();
        if (dataSourceUrl != null) {
            context.setConfigurations(new Configuration[] {new EnvConfiguration()});
            bind(context, dataSourceUrl);
        }
        return context;
    }

    private static void addFilter(
            WebAppContext context, Filter filter, Map<String, String> initParameters, Set<DispatcherType> dispatchers) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        holder.setInitParameters(initParameters);
        context.addFilter(holder, "/*", EnumSet.copyOf(dispatchers));
    }

    private static void bind(WebAppContext context, String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        try {
            new EnvEntry(context, "jdbc/shop", dataSource, true);
        } catch (NamingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void start(WebAppContext context) {
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception failure) {
            close();
            throw new IllegalStateException("the application did not start", failure);
        }
        if (!context.isAvailable()) {
            close();
            throw new IllegalStateException("the application did not start", context.getUnavailableException());
        }
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public String version() {
        return "Jetty/" + Server.getVersion();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
