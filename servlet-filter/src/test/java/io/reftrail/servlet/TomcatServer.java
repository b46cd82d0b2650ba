package io.reftrail.servlet;

import io.reftrail.servlet.WebApp.FurtherFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.File;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.rewrite.RewriteValve;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ContextResource;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** Embedded Tomcat on a free loopback port, as lenient as it gets so that hostile requests reach the filter. */
final class TomcatServer implements WebServer {

    private static final String LENIENT = "\"<>[\\]^`{|}";

    private final Tomcat tomcat = new Tomcat();

    private TomcatServer(Connector connector) {
        for (Handler console : Logger.getLogger("").getHandlers()) {
            console.setLevel(Level.OFF);
        }
        tomcat.setBaseDir(new File("target", "tomcat").getPath());
        tomcat.setConnector(connector);
    }

    static WebServer start(WebApp app) {
        return start(app, new String[0]);
    }

    /** @param rules of a {@code RewriteValve} in front of the application */
    static WebServer start(WebApp app, String[] rules) {
        TomcatServer server = new TomcatServer(connector());
        Context context = server.context(app);
        if (rules.length > 0) {
            context.getPipeline().addValve(new Rewriting(rules));
        }
        server.start(context);
        return server;
    }

    private static final class Rewriting extends RewriteValve {

        private final String configuration;

        Rewriting(String[] rules) {
            this.configuration = String.join("\n", rules);
        }

        @Override
        protected synchronized void startInternal() throws LifecycleException {
            super.startInternal();
            try {
                setConfiguration(configuration);
            } catch (Exception failure) {
                throw new LifecycleException(failure);
            }
        }
    }

    /** Deploys a directory as Tomcat does, with its {@code web.xml}, fragments and initializers, but without JSP. */
    static WebServer deploy(Path directory) {
        TomcatServer server = new TomcatServer(connector());
        server.tomcat.setAddDefaultWebXmlToWebapp(false);
        Context context = server.tomcat.addWebapp("", directory.toString());
        context.setParentClassLoader(new ServerClassLoader());
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        server.start(context);
        return server;
    }

    private Context context(WebApp app) {
        Context context = tomcat.addContext(app.contextPath(), null);
        context.setUseRelativeRedirects(app.usesRelativeRedirects());
        if (app.trustsProxy()) {
            context.getPipeline().addValve(new RemoteIpValve());
        }
        Filter filter = app.filter();
        if (filter != null) {
            addFilter(context, "reftrail", filter, app.initParameters(), app.dispatchers());
        }
        for (FurtherFilter another : app.further()) {
            String name = "filter " + context.findFilterDefs().length;
            addFilter(context, name, another.filter(), another.initParameters(), another.dispatchers());
        }
        Security security = app.security();
        if (security != null) {
            new TomcatSecurity(tomcat, context).apply(security);
        }
        app.pages().forEach((pattern, page) -> {
            Wrapper wrapper = Tomcat.addServlet(context, "page of " + pattern, page.toServlet());
            wrapper.setAsyncSupported(true);
            context.addServletMappingDecoded(pattern, wrapper.getName());
        });
        String dataSourceUrl = app.dataSourceUrl();
        if (dataSourceUrl != null) {
            tomcat.enableNaming();
            context.getNamingResources().addResource(dataSource(dataSourceUrl));
        }
        app.errorPages().forEach((status, location) -> addErrorPage(context, status, location));
        return context;
    }

    private static Connector connector() {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        connector.setProperty("maxHttpRequestHeaderSize", "65536");
        connector.setProperty("relaxedPathChars", LENIENT);
        connector.setProperty("relaxedQueryChars", LENIENT);
        connector.setEncodedSolidusHandling("passthrough");
        connector.setAllowBackslash(true);
        connector.addUpgradeProtocol(new Http2Protocol());
        return connector;
    }

    private static void addFilter(
            Context context,
            String name,
            Filter filter,
            Map<String, String> initParameters,
            Set<DispatcherType> dispatchers) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        initParameters.forEach(definition::addInitParameter);
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName(name);
        mapping.addURLPattern("/*");
        dispatchers.stream().map(DispatcherType::name).forEach(mapping::setDispatcher);
        context.addFilterMap(mapping);
    }

    private static void addErrorPage(Context context, int status, String location) {
        ErrorPage errorPage = new ErrorPage();
        errorPage.setErrorCode(status);
        errorPage.setLocation(location);
        context.addErrorPage(errorPage);
    }

    private static ContextResource dataSource(String url) {
        ContextResource resource = new ContextResource();
        resource.setName("jdbc/shop");
        resource.setType("org.h2.jdbcx.JdbcDataSource");
        resource.setProperty("factory", "org.apache.naming.factory.BeanFactory");
        resource.setProperty("url", url);
        return resource;
    }

    private void start(Context context) {
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

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public String version() {
        return ServerInfo.getServerInfo();
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
