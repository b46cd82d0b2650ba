package io.reftrail.samples.demo;

/** A step did not go as promised. */
@SuppressWarnings("serial")
final class StepFailure extends Exception {

    StepFailure(String message) {
        super(message);
    }
}
