package io.reftrail.test;

import io.reftrail.LeadListener;
import io.reftrail.LeadStatus;
import io.reftrail.SaleListener;
import io.reftrail.SaleStatus;
import io.reftrail.model.Event;
import java.util.Locale;

/**
 * A listener that records the results of reports, which often explain a missing event.
 *
 * @param log the log to write to
 */
record StatusLog(EventLog log) implements LeadListener, SaleListener {

    @Override
    public void onLead(String backend, LeadStatus status) {
        log.said("lead at " + backend + ": " + status);
    }

    @Override
    public void onSale(String backend, Event.Type type, SaleStatus status) {
        log.said(type.name().toLowerCase(Locale.ROOT) + " at " + backend + ": " + status);
    }
}
