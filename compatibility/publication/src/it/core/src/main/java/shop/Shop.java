package shop;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;

class Shop {

    Reftrail reftrail() {
        return Reftrail.builder().backend(IntrowBackend.builder("key").build()).build();
    }
}
