package io.reftrail.security.routes;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.reftrail.security.LeadReportingListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the listener writes into the log. */
final class ListenerLog implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger(LeadReportingListener.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    ListenerLog() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    List<String> linesOnMissingRequests() {
        return lines().stream()
                .filter(line -> line.contains("signed in outside of a request"))
                .toList();
    }

    @Override
    public void close() {
        logger.setLevel(null);
        logger.detachAppender(log);
    }
}
