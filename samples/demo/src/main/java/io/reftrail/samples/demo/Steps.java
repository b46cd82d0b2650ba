package io.reftrail.samples.demo;

import java.io.IOException;
import java.io.PrintStream;

/** Runs steps one after the other and prints what each has observed. */
final class Steps {

    private final PrintStream out;
    private int passed;
    private String current = "";

    Steps(PrintStream out) {
        this.out = out;
    }

    /** Observes something, or fails. */
    @FunctionalInterface
    interface Step {
        String observe() throws IOException, InterruptedException, StepFailure;
    }

    void step(String name, Step step) throws IOException, InterruptedException, StepFailure {
        current = name;
        String observed = step.observe();
        passed++;
        out.printf("ok   %-52s %s%n", name, observed);
    }

    static void require(boolean condition, String observed) throws StepFailure {
        if (!condition) {
            throw new StepFailure(observed);
        }
    }

    void failed(Exception failure) {
        out.printf("FAIL %-52s %s%n", current, failure.getMessage());
    }

    int passed() {
        return passed;
    }

    String current() {
        return current;
    }
}
