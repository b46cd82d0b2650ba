package io.reftrail.spring.boot;

import io.reftrail.LeadTrigger;
import io.reftrail.Reftrail;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.spring.TrackLeadPostProcessor;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.MessageFormatter;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeansException;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.transaction.TransactionManager;
import org.springframework.util.ClassUtils;

/**
 * The report of the start. When all beans exist, it logs once what is active and where leads wait, and a warning for each part of
 * the configuration that will not work. It keeps its findings. Never throws.
 */
public final class StartReport implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(ReftrailAutoConfiguration.class);

    /** The names that connection pools have for their size. */
    private static final List<String> POOL_SIZES =
            List.of("maximumPoolSize", "maxTotal", "maxActive", "maxPoolSize", "maxSize");

    /**
     * A finding of the start. Holds no secrets.
     *
     * @param works whether it works; otherwise the text says what to write
     * @param text one or two sentences
     */
    public record Finding(boolean works, String text) {}

    /** The part of the report that one auto-configuration knows. */
    interface Check {

        /** Adds the findings to the report. */
        void run(StartReport report);
    }

    private final List<Finding> findings = new CopyOnWriteArrayList<>();
    private final Reftrail reftrail;
    private final ReftrailProperties properties;
    private final @Nullable DataSource dataSource;
    private final List<TrackingBackend> backends;
    private final ObjectProvider<Check> checks;
    private final UnknownProperties unknownProperties;
    private final ConfigurableListableBeanFactory beans;

    StartReport(
            Reftrail reftrail,
            ReftrailProperties properties,
            @Nullable DataSource dataSource,
            Stream<TrackingBackend> backends,
            ObjectProvider<Check> checks,
            UnknownProperties unknownProperties,
            ConfigurableListableBeanFactory beans) {
        this.reftrail = reftrail;
        this.properties = properties;
        this.dataSource = dataSource;
        this.backends = backends.toList();
        this.checks = checks;
        this.unknownProperties = unknownProperties;
        this.beans = beans;
    }

    /** Returns the findings of the start, in the order of the log. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Logs something that works. */
    void info(String message, Object... arguments) {
        logger.info(message, arguments);
        works(message, arguments);
    }

    /** Keeps something that works and that the log does not mention. */
    void works(String message, Object... arguments) {
        findings.add(new Finding(true, format(message, arguments)));
    }

    /** Logs something that does not work. */
    void warn(String message, Object... arguments) {
        logger.warn(message, arguments);
        findings.add(new Finding(false, format(message, arguments)));
    }

    private static String format(String message, Object... arguments) {
        return MessageFormatter.arrayFormat(message, arguments).getMessage();
    }

    @Override
    public void afterSingletonsInstantiated() {
        unknownProperties.report(text -> warn("{}", text));
        if (properties.attribution().enabled()) {
            info(
                    "Reftrail captures touches; journeys are stored in {}",
                    reftrail.operations().outbox());
        } else if (reftrail.backends().isEmpty()) {
            warn("Reftrail has no backend and captures nothing."
                    + " Set the key of one, for instance reftrail.introw.api-key or reftrail.dub.api-key.");
            return;
        }
        if (!reftrail.backends().isEmpty()) {
            info(
                    "Reftrail reports to {}; leads wait in {}",
                    reftrail.backends(),
                    reftrail.operations().outbox());
        }
        quietly(this::checkParameters);
        quietly(this::checkPool);
        quietly(this::checkTrigger);
        quietly(this::checkTransactions);
        quietly(this::checkConsole);
        checks.orderedStream().forEach(check -> quietly(() -> check.run(this)));
    }

    private static void quietly(Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | LinkageError failure) {
            logger.debug("Could not check a part of the configuration", failure);
        }
    }

    private void checkParameters() {
        Map<String, TreeSet<String>> claims = new LinkedHashMap<>();
        for (TrackingBackend backend : backends) {
            backend.captureRules().forEach(rule -> rule.parameters()
                    .forEach(parameter -> claims.computeIfAbsent(parameter, name -> new TreeSet<>())
                            .add(backend.name())));
        }
        claims.forEach((parameter, names) -> {
            if (names.size() > 1) {
                warn(
                        "The parameter '{}' belongs to {}: a link of one vendor is reported to the others too. Leave the parameter"
                                + " out for all but one of them.",
                        parameter,
                        names);
            }
        });
        if (claims.values().stream().allMatch(names -> names.size() == 1)) {
            works("Each captured parameter belongs to one vendor: {}", claims.keySet());
        }
    }

    private void checkPool() {
        if (dataSource == null || !reftrail.operations().outbox().toString().contains("database")) {
            return;
        }
        BeanWrapper pool = PropertyAccessorFactory.forBeanPropertyAccess(dataSource);
        for (String size : POOL_SIZES) {
            if (pool.isReadableProperty(size) && Integer.valueOf(1).equals(value(pool, size))) {
                warn(
                        "The connection pool of the DataSource has one connection ({}=1). A sign-up inside of a transaction and the"
                                + " delivery of leads block each other: allow at least two.",
                        size);
                return;
            }
        }
        works("The connection pool has room for sign-ups beside deliveries");
    }

    private static @Nullable Object value(BeanWrapper bean, String property) {
        try {
            return bean.getPropertyValue(property);
        } catch (BeansException unreadable) {
            return null;
        }
    }

    private void checkTransactions() {
        boolean joins = reftrail.operations().outbox().unitOfWork() != UnitOfWork.NONE;
        String[] managers = beans.getBeanNamesForType(TransactionManager.class, true, false);
        if (joins && managers.length > 0) {
            works("A lead is committed and rolled back with the transaction that reports it ({})", List.of(managers));
        } else {
            works("A lead is stored by itself, after the commit of the transaction that reports it");
        }
    }

    private void checkConsole() {
        boolean present = ClassUtils.isPresent("io.reftrail.console.ConsoleAutoConfiguration", null);
        if (properties.console().enabled() && !present) {
            warn("reftrail.console.enabled=true has no effect without the dependency io.reftrail:reftrail-console.");
        }
    }

    /** With the trigger sign-up only a call of the application reports a lead. */
    private void checkTrigger() {
        if (properties.lead().trigger() == LeadTrigger.SIGN_UP && !isTracked() && !isInjected()) {
            warn(
                    "reftrail.lead.trigger=sign-up reports a lead only when the application says so, and no @TrackLead method and"
                            + " no bean that uses Reftrail was found. Unless the application publishes CustomerSignedUp events, no lead will"
                            + " be reported.");
        }
    }

    private boolean isTracked() {
        return beans.getBeanProvider(TrackLeadPostProcessor.class).stream()
                .anyMatch(TrackLeadPostProcessor::hasTrackedMethods);
    }

    /**
     * The container knows the dependencies of the beans that exist. A lazy bean and an {@code ObjectProvider} show only in the
     * class.
     */
    private boolean isInjected() {
        return Stream.of(beans.getBeanNamesForType(Reftrail.class, true, false))
                        .flatMap(name -> Stream.of(beans.getDependentBeans(name)))
                        .anyMatch(dependent -> !isOurs(dependent))
                || Stream.of(beans.getBeanDefinitionNames())
                        .filter(name -> !isOurs(name))
                        .anyMatch(this::namesReftrail);
    }

    private boolean namesReftrail(String bean) {
        try {
            Class<?> type = beans.getType(bean, false);
            Class<?> user = type == null ? Object.class : ClassUtils.getUserClass(type);
            return Stream.concat(
                            user.getName().startsWith("org.springframework.") ? Stream.empty() : injectionPoints(user),
                            factoryParameters(bean))
                    .anyMatch(injected -> mentions(injected, Reftrail.class));
        } catch (RuntimeException | LinkageError unreadable) {
            return false;
        }
    }

    private static Stream<Type> injectionPoints(Class<?> type) {
        Stream<Type> inherited = type.getSuperclass() == null ? Stream.empty() : injectionPoints(type.getSuperclass());
        return Stream.of(
                        Stream.of(type.getDeclaredConstructors())
                                .flatMap(constructor -> Stream.of(constructor.getGenericParameterTypes())),
                        Stream.of(type.getDeclaredFields()).map(Field::getGenericType),
                        Stream.of(type.getDeclaredMethods())
                                .filter(method -> method.isAnnotationPresent(Autowired.class))
                                .flatMap(method -> Stream.of(method.getGenericParameterTypes())),
                        inherited)
                .flatMap(types -> types);
    }

    private Stream<Type> factoryParameters(String bean) {
        return beans.getMergedBeanDefinition(bean) instanceof RootBeanDefinition definition
                        && definition.getResolvedFactoryMethod() != null
                ? Stream.of(definition.getResolvedFactoryMethod().getGenericParameterTypes())
                : Stream.empty();
    }

    /** Returns whether a type is the given one, or has it as an argument, as {@code ObjectProvider<Reftrail>} does. */
    private static boolean mentions(Type type, Class<?> wanted) {
        return type == wanted
                || (type instanceof ParameterizedType parameterized
                        && Stream.of(parameterized.getActualTypeArguments())
                                .anyMatch(argument -> mentions(argument, wanted)));
    }

    private boolean isOurs(String bean) {
        Class<?> type = beans.getType(bean, false);
        return bean.startsWith("reftrail")
                || bean.startsWith("io.reftrail.")
                || (type != null && type.getName().startsWith("io.reftrail."))
                || bean.equals("referralCaptureFilter");
    }
}
