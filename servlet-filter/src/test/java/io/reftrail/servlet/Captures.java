package io.reftrail.servlet;

import io.reftrail.capture.CaptureListener;
import io.reftrail.capture.CaptureResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The counter of a test: remembers what a {@link CaptureListener} was told, for example {@code introw CAPTURED}. */
final class Captures implements CaptureListener {

    private final List<String> reports = new CopyOnWriteArrayList<>();

    @Override
    public void onCapture(String backend, CaptureResult result) {
        reports.add(backend + " " + result);
    }

    List<String> reports() {
        return reports;
    }
}
