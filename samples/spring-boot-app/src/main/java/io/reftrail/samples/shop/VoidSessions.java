package io.reftrail.samples.shop;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Ends sessions from before an account's password became void. Does not sign them out, which would make the shop forget the
 * owner's remembered devices too.
 */
@Component
class VoidSessions implements HandlerInterceptor, WebMvcConfigurer {

    private final Accounts accounts;

    VoidSessions(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/account/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (request.getUserPrincipal() instanceof Authentication authentication
                && authentication.getPrincipal() instanceof AccountHolder holder
                && !accounts.isCurrent(holder.account())) {
            request.getSession().invalidate();
            response.sendRedirect("/login");
            return false;
        }
        return true;
    }
}
