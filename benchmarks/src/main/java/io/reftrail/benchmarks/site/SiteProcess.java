package io.reftrail.benchmarks.site;

import io.reftrail.Reftrail;
import io.reftrail.benchmarks.SixBackends;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.Filter;
import java.io.File;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/** The site itself: prints its port and serves until it is ended. */
final class SiteProcess {

    private SiteProcess() {}

    public static void main(String[] arguments) throws LifecycleException {
        Reftrail reftrail = SixBackends.reftrail();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        serve(tomcat, Way.BARE, null);
        serve(tomcat, Way.REFTRAIL, ReferralCaptureFilter.builder(reftrail).build());
        serve(tomcat, Way.REDIRECT, new FixedRedirect());
        tomcat.start();
        System.out.println(connector.getLocalPort());
        tomcat.getServer().await();
    }

    private static void serve(Tomcat tomcat, Way way, @Nullable Filter filter) {
        Context context = tomcat.addContext(way.path(), new File(".").getAbsolutePath());
        Tomcat.addServlet(context, "page", new PageServlet());
        context.addServletMappingDecoded("/", "page");
        if (filter != null) {
            FilterDef definition = new FilterDef();
            definition.setFilterName("filter");
            definition.setFilter(filter);
            context.addFilterDef(definition);
            FilterMap map = new FilterMap();
            map.setFilterName("filter");
            map.addURLPattern("/*");
            context.addFilterMap(map);
        }
    }
}
