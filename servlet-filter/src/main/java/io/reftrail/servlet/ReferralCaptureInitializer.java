package io.reftrail.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An initializer that registers the {@link ReferralCaptureFilter} in an application that has a file {@value #FILE}, in front of all
 * filters that its {@code web.xml} and its fragments declare. The file holds the init-params, in UTF-8, and may be empty. Without
 * the file nothing is registered. Nothing is registered either if the application has registered the filter already, because two
 * filters would open two outboxes.
 *
 * <p>Containers find this class by themselves (Servlet specification, section 8.2.4), except those that an application embeds.
 */
public final class ReferralCaptureInitializer implements ServletContainerInitializer {

    /** The file whose presence asks for the filter. */
    public static final String FILE = "/WEB-INF/reftrail.properties";

    private static final Logger logger = LoggerFactory.getLogger(ReferralCaptureInitializer.class);

    private static final String NAME = "reftrail";

    /** For the container. */
    public ReferralCaptureInitializer() {}

    /**
     * Registers the filter if the application asks for it.
     *
     * @throws ServletException if the file cannot be read
     */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        Map<String, String> initParameters = initParameters(context);
        if (initParameters == null) {
            return;
        }
        FilterRegistration.Dynamic registration =
                isRegistered(context) ? null : context.addFilter(NAME, ReferralCaptureFilter.class);
        if (registration == null) {
            logger.warn("{} is ignored: the application has registered the filter itself", FILE);
            return;
        }
        registration.setAsyncSupported(true);
        registration.setInitParameters(initParameters);
        registration.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
    }

    private static boolean isRegistered(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .anyMatch(filter -> ReferralCaptureFilter.class.getName().equals(filter.getClassName()));
    }

    /** Returns {@code null} where there is no such file. */
    private static @Nullable Map<String, String> initParameters(ServletContext context) throws ServletException {
        Properties properties = new Properties();
        try (InputStream file = context.getResourceAsStream(FILE)) {
            if (file == null) {
                return null;
            }
            properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException failure) {
            throw new ServletException("Reftrail cannot start: " + FILE + " cannot be read", failure);
        }
        Map<String, String> initParameters = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> initParameters.put(name, properties.getProperty(name)));
        return initParameters;
    }
}
