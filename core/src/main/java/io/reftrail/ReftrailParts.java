package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.ReferralCapture;
import io.reftrail.delivery.Dispatcher;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.outbox.Outbox;
import java.util.List;

/** What the builder has put together for a {@link Reftrail}. */
record ReftrailParts(
        List<TrackingBackend> backends,
        ReferralCapture capture,
        VisitorLeads visitors,
        KnownCustomers known,
        ClickDesk clicks,
        LeadIntake leads,
        LeadConfirmation confirmation,
        SaleIntake sales,
        Checkout checkout,
        Background background,
        Outbox outbox,
        Dispatcher dispatcher,
        HttpTransport transport) {}
