package io.reftrail.security.routes;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutorService;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.task.DelegatingSecurityContextAsyncTaskExecutor;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A shop that works on other threads than the request's, and authenticates on some of them. */
@Configuration
@EnableAsync
@Import(LoginForm.class)
class OtherThreads {

    @Bean
    AsyncTaskExecutor taskExecutor() {
        return new DelegatingSecurityContextAsyncTaskExecutor(new SimpleAsyncTaskExecutor());
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService workers() {
        return Executors.newSingleThreadExecutor();
    }

    /** Let go when the request is over. */
    @Bean
    CountDownLatch requestIsOver() {
        return new CountDownLatch(1);
    }

    @Service
    static class Work {

        @Async
        public Future<String> whoAmI() {
            return CompletableFuture.completedFuture(name());
        }

        static String name() {
            return Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication())
                    .getName();
        }
    }

    @RestController
    static final class Pages {

        private final AuthenticationManager authenticationManager;
        private final Work work;
        private final ExecutorService workers;
        private final CountDownLatch requestIsOver;

        Pages(
                AuthenticationManager authenticationManager,
                Work work,
                ExecutorService workers,
                CountDownLatch requestIsOver) {
            this.authenticationManager = authenticationManager;
            this.work = work;
            this.workers = workers;
            this.requestIsOver = requestIsOver;
        }

        @GetMapping("/async")
        String async() throws Exception {
            return work.whoAmI().get(10, TimeUnit.SECONDS);
        }

        @GetMapping("/executor")
        String executor() throws Exception {
            ExecutorService delegating = new DelegatingSecurityContextExecutorService(workers);
            return delegating.submit(Work::name).get(10, TimeUnit.SECONDS);
        }

        @PostMapping("/api/elsewhere")
        String elsewhere() throws Exception {
            return workers.submit((Callable<String>) this::signIn).get(10, TimeUnit.SECONDS);
        }

        /** On a thread that inherits what its parent holds. */
        @PostMapping("/api/afterwards")
        String afterwards() {
            new Thread(() -> {
                        awaitEndOfRequest();
                        signIn();
                    })
                    .start();
            return "later";
        }

        private void awaitEndOfRequest() {
            try {
                requestIsOver.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        private String signIn() {
            return authenticationManager
                    .authenticate(UsernamePasswordAuthenticationToken.unauthenticated(Accounts.KIM, "secret"))
                    .getName();
        }
    }
}
