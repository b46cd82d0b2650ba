package io.reftrail.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A web application as a test describes it to any server: a filter in front of servlets, the probe behind all paths. */
final class WebApp {

    private final @Nullable Filter filter;
    private final Map<String, String> initParameters = new LinkedHashMap<>();
    private final List<FurtherFilter> further = new ArrayList<>();
    private final Map<String, Page> pages = new LinkedHashMap<>();
    private final Map<Integer, String> errorPages = new LinkedHashMap<>();
    private Set<DispatcherType> dispatchers = EnumSet.allOf(DispatcherType.class);
    private String contextPath = "";
    private boolean relativeRedirects = true;
    private @Nullable Security security;
    private @Nullable String dataSourceUrl;
    private boolean trustsProxy;

    WebApp(@Nullable Filter filter) {
        this.filter = filter;
        initParameters.put("outbox.store", "memory");
        pages.put("/", new ProbePage());
    }

    WebApp page(String pattern, Page page) {
        pages.put(pattern, page);
        return this;
    }

    /** Adds a filter behind those that are there, for all paths. */
    WebApp behind(Filter another, DispatcherType... dispatchers) {
        further.add(new FurtherFilter(
                another, dispatchers.length == 0 ? Set.of(DispatcherType.REQUEST) : Set.of(dispatchers), Map.of()));
        return this;
    }

    /** Adds a filter with an init-param. */
    WebApp behind(Filter another, String parameter, String value) {
        further.add(new FurtherFilter(another, Set.of(DispatcherType.REQUEST), Map.of(parameter, value)));
        return this;
    }

    /** A filter behind the first one. */
    record FurtherFilter(Filter filter, Set<DispatcherType> dispatchers, Map<String, String> initParameters) {}

    WebApp errorPage(int status, String location) {
        errorPages.put(status, location);
        return this;
    }

    WebApp at(String path) {
        contextPath = path;
        return this;
    }

    WebApp relativeRedirects(boolean relative) {
        relativeRedirects = relative;
        return this;
    }

    /** Has the container sign people in. */
    WebApp secured(Security how) {
        security = how;
        return this;
    }

    /** Binds an H2 database to {@code java:comp/env/jdbc/shop}. */
    WebApp dataSource(String url) {
        dataSourceUrl = url;
        return this;
    }

    /** Has the server itself believe what a proxy says in {@code X-Forwarded-} headers. */
    WebApp trustingTheProxy() {
        trustsProxy = true;
        return this;
    }

    WebApp on(DispatcherType first, DispatcherType... more) {
        dispatchers = EnumSet.of(first, more);
        return this;
    }

    WebApp initParameter(String name, String value) {
        initParameters.put(name, value);
        return this;
    }

    @Nullable
    Filter filter() {
        return filter;
    }

    List<FurtherFilter> further() {
        return further;
    }

    Map<String, String> initParameters() {
        return initParameters;
    }

    Map<String, Page> pages() {
        return pages;
    }

    Map<Integer, String> errorPages() {
        return errorPages;
    }

    Set<DispatcherType> dispatchers() {
        return dispatchers;
    }

    String contextPath() {
        return contextPath;
    }

    boolean usesRelativeRedirects() {
        return relativeRedirects;
    }

    boolean trustsProxy() {
        return trustsProxy;
    }

    @Nullable
    Security security() {
        return security;
    }

    @Nullable
    String dataSourceUrl() {
        return dataSourceUrl;
    }
}
