package io.reftrail.security;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.util.ReflectionUtils;

/**
 * The login filters of the application's security filter chains. A login filter can still refuse a sign-in after the plain success
 * event: its session strategy throws if a customer has too many sessions. Its interactive event comes after that decision. Thread-safe.
 */
final class LoginFilters {

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private static final @Nullable Field PUBLISHER =
            ReflectionUtils.findField(AbstractAuthenticationProcessingFilter.class, "eventPublisher");

    private final ApplicationContext context;
    private final Map<AbstractAuthenticationProcessingFilter, Boolean> publishing = new ConcurrentHashMap<>();

    LoginFilters(ApplicationContext context) {
        this.context = context;
    }

    /**
     * Returns whether a login filter that publishes the interactive event is authenticating on this thread, so that a plain event is
     * not yet the sign-in. Returns {@code false} for a filter that has no event publisher, or that overrides
     * {@code successfulAuthentication}: its plain event is the only one.
     */
    boolean willPublishInteractiveEvent(HttpServletRequest request) {
        Set<Class<?>> active = activeFilterClasses();
        if (active.isEmpty()) {
            return false;
        }
        List<AbstractAuthenticationProcessingFilter> filters = filters(request).stream()
                .filter(filter -> active.stream().anyMatch(type -> type.isInstance(filter)))
                .toList();
        return !filters.isEmpty()
                && filters.stream()
                        .allMatch(
                                filter -> publishing.computeIfAbsent(filter, LoginFilters::publishesInteractiveEvent));
    }

    /** The classes that declare the {@code attemptAuthentication} methods on the stack. */
    private static Set<Class<?>> activeFilterClasses() {
        Set<Class<?>> classes = new HashSet<>();
        STACK.forEach(frame -> {
            if (frame.getMethodName().equals("attemptAuthentication")
                    && AbstractAuthenticationProcessingFilter.class.isAssignableFrom(frame.getDeclaringClass())) {
                classes.add(frame.getDeclaringClass());
            }
        });
        return classes;
    }

    private List<AbstractAuthenticationProcessingFilter> filters(HttpServletRequest request) {
        return BeanFactoryUtils.beansOfTypeIncludingAncestors(context, FilterChainProxy.class, true, false)
                .values()
                .stream()
                .flatMap(proxy -> proxy.getFilterChains().stream())
                .filter(chain -> chain.matches(request))
                .findFirst()
                .map(SecurityFilterChain::getFilters)
                .orElse(List.of())
                .stream()
                .filter(AbstractAuthenticationProcessingFilter.class::isInstance)
                .map(AbstractAuthenticationProcessingFilter.class::cast)
                .toList();
    }

    /**
     * The method that publishes the event has to be that of the base class. In a native image, reflection does not find the methods.
     */
    private static boolean publishesInteractiveEvent(AbstractAuthenticationProcessingFilter filter) {
        List<Method> methods = new ArrayList<>();
        ReflectionUtils.doWithMethods(
                filter.getClass(), methods::add, method -> method.getName().equals("successfulAuthentication"));
        return !methods.isEmpty()
                && methods.stream()
                        .allMatch(method -> method.getDeclaringClass() == AbstractAuthenticationProcessingFilter.class)
                && hasPublisher(filter);
    }

    private static boolean hasPublisher(AbstractAuthenticationProcessingFilter filter) {
        if (PUBLISHER == null) {
            return false;
        }
        ReflectionUtils.makeAccessible(PUBLISHER);
        return ReflectionUtils.getField(PUBLISHER, filter) != null;
    }
}
