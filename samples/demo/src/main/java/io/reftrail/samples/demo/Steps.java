package io.reftrail.samples.demo;

import java.io.IOException;
import java.io.PrintStream;

/** Runs the steps of the check one after the other, and prints what each has observed. */
final class Steps {

    private final PrintStream out;
    private int passed;
    private String current = "";

    Steps(PrintStream out) {
        this.out = out;
    }

    /** Observes something and returns it as text. */
    @FunctionalInterface
    interface Step {
        String observe() throws IOException, InterruptedException, Failure;
    }

    /** Thrown when a step has observed something else than it should. */
    @SuppressWarnings("serial")
    static final class Failure extends Exception {
        Failure(String message) {
            super(message);
        }
    }

    void step(String name, Step step) throws IOException, InterruptedException, Failure {
        current = name;
        String observed = step.observe();
        passed++;
        out.printf("ok   %-52s %s%n", name, observed);
    }

    static void require(boolean condition, String observed) throws Failure {
        if (!condition) {
            throw new Failure(observed);
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
