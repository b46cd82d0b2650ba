package io.reftrail.console;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.spring.boot.StartReport.Finding;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.FilterInvocation;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AuthorizationManagerWebInvocationPrivilegeEvaluator;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.util.ClassUtils;

/**
 * The rules for access to the console. A user has to be signed in, and an action has to come from the console's own page. A start
 * that would show the console to everybody fails.
 */
final class ConsoleAccess {

    /** The header that the page sends with an action. A page of another origin cannot. */
    static final String ACTION_HEADER = "X-Reftrail-Console";

    private static final Logger logger = LoggerFactory.getLogger(ConsoleAccess.class);

    private static final boolean HAS_SECURITY =
            ClassUtils.isPresent("org.springframework.security.web.FilterChainProxy", null);

    private final boolean securedElsewhere;
    private volatile @Nullable Finding finding;

    /** @param securedElsewhere whether the application says that something else protects the console */
    ConsoleAccess(boolean securedElsewhere) {
        this.securedElsewhere = securedElsewhere;
    }

    /**
     * Checks what Spring Security would decide about a visitor without a sign-in, and about a user without a role.
     *
     * @throws InvalidSettingException if a visitor without a sign-in may open the console
     */
    void check(String path, ServletContext servletContext, ListableBeanFactory beans, Environment environment) {
        if (securedElsewhere) {
            finding = new Finding(
                    true,
                    "The console is secured by something that Reftrail does not see"
                            + " (reftrail.console.secured-elsewhere=true)");
            return;
        }
        if (!HAS_SECURITY) {
            throw open("this application has no Spring Security");
        }
        String served = environment.getProperty("spring.mvc.servlet.path", "").replaceAll("/$", "") + path;
        Rules rules = new Rules(beans, servletContext);
        if (rules.allow(served, Rules.STRANGER)) {
            throw open("Spring Security lets everybody read " + servletContext.getContextPath() + served);
        }
        finding = rules.allow(served, Rules.ANYBODY)
                ? new Finding(
                        false,
                        "Everybody who can sign in may use the console. If customers sign in to this application, require a role"
                                + " for " + served + "/** in the SecurityFilterChain.")
                : new Finding(true, "The console requires a role");
        Finding found = Objects.requireNonNull(finding);
        if (!found.works()) {
            logger.warn(found.text());
        }
    }

    private static InvalidSettingException open(String why) {
        return new InvalidSettingException(
                "console.enabled",
                "everybody could use the console, because " + why,
                "Require a role for EndpointRequest.toAnyEndpoint() in a SecurityFilterChain, or switch the console off. If something"
                        + " else keeps strangers away, write {prefix}console.secured-elsewhere=true.",
                "console.enabled=false");
    }

    /** Returns the finding of the check, or {@code null} before the check. */
    @Nullable
    Finding finding() {
        return finding;
    }

    /**
     * Returns whether a user may read the console. Without a sign-in it is never permitted, whatever the rules of the application
     * are.
     */
    boolean mayRead(SecurityContext context) {
        return securedElsewhere || context.getPrincipal() != null;
    }

    /** Returns the name of the operator for the log, on one line. */
    static String actor(SecurityContext context) {
        String name = context.getPrincipal() == null
                ? ""
                : String.valueOf(context.getPrincipal().getName());
        String printable = name.replaceAll("\\p{Cntrl}", " ").strip();
        return printable.isEmpty() ? "somebody" : printable.substring(0, Math.min(printable.length(), 80));
    }

    /**
     * Returns whether a request for an action comes from the console's own page. Forms and scripts of other origins cannot send the
     * header; besides, a browser sends the origin of a request.
     */
    static boolean isFromThePage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        return request.getHeader(ACTION_HEADER) != null
                && (site == null || site.equals("same-origin"))
                && (site != null || origin == null || isOf(origin, request));
    }

    private static boolean isOf(String origin, HttpServletRequest request) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(request.getHeader("Host"));
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }

    /** Returns Spring Security's CSRF token, which an action also needs unless the application has switched that off. */
    static @Nullable Token token(HttpServletRequest request) {
        return HAS_SECURITY ? Token.of(request) : null;
    }

    /**
     * The token that Spring Security expects with an action.
     *
     * @param header the name of the header
     * @param value the token
     */
    record Token(String header, String value) {

        private static @Nullable Token of(HttpServletRequest request) {
            return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                    ? new Token(token.getHeaderName(), token.getToken())
                    : null;
        }
    }

    /** The rules of Spring Security, which may be absent: in a class of its own, loaded when it is there. */
    private static final class Rules {

        static final Authentication STRANGER = new AnonymousAuthenticationToken(
                "console", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

        static final Authentication ANYBODY =
                UsernamePasswordAuthenticationToken.authenticated("anybody", "", List.of());

        private final ListableBeanFactory beans;
        private final ServletContext servletContext;

        Rules(ListableBeanFactory beans, ServletContext servletContext) {
            this.beans = beans;
            this.servletContext = servletContext;
        }

        /**
         * Returns the decision of the first chain for the path. If a chain cannot decide without a request, {@link #mayRead} decides
         * later.
         */
        boolean allow(String path, Authentication who) {
            try {
                HttpServletRequest request = new FilterInvocation(
                                servletContext.getContextPath(), path, null, null, "GET", servletContext)
                        .getRequest();
                return beans.getBeanProvider(FilterChainProxy.class).stream()
                        .flatMap(proxy -> proxy.getFilterChains().stream())
                        .filter(chain -> chain.matches(request))
                        .findFirst()
                        .map(chain -> allows(chain, path, who))
                        .orElse(true);
            } catch (UnsupportedOperationException cannotBeAsked) {
                logger.debug("Could not check Spring Security's rule for the console", cannotBeAsked);
                return false;
            }
        }

        private boolean allows(SecurityFilterChain chain, String path, Authentication who) {
            return chain.getFilters().stream()
                    .filter(AuthorizationFilter.class::isInstance)
                    .map(AuthorizationFilter.class::cast)
                    .allMatch(filter -> {
                        AuthorizationManagerWebInvocationPrivilegeEvaluator evaluator =
                                new AuthorizationManagerWebInvocationPrivilegeEvaluator(
                                        filter.getAuthorizationManager());
                        evaluator.setServletContext(servletContext);
                        return evaluator.isAllowed(servletContext.getContextPath(), path, "GET", who);
                    });
        }
    }
}
