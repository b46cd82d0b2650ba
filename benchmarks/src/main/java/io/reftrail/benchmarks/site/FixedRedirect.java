package io.reftrail.benchmarks.site;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;

/** The least that a landing can be: a redirect and a cookie that are always the same. */
final class FixedRedirect implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
        HttpServletResponse http = (HttpServletResponse) response;
        http.addHeader("Set-Cookie", "refp_id=clk_fixed; Path=/; Max-Age=7776000; SameSite=Lax");
        http.setHeader("Location", "./pricing?plan=pro");
        http.setStatus(HttpServletResponse.SC_FOUND);
    }
}
