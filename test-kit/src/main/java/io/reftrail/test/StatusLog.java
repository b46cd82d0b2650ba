package io.reftrail.test;

import io.reftrail.LeadListener;
import io.reftrail.LeadStatus;
import io.reftrail.SaleListener;
import io.reftrail.SaleStatus;
import io.reftrail.model.Event;
import java.util.Locale;

/**
 * Writes down what became of what was handed over: the reason why something is missing is often there.
 *
 * @param log where
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
