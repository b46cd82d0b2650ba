package io.reftrail.samples.shop.trouble;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which parts are broken at the moment, and the switch for each. Thread-safe. */
@RestController
@Profile("trouble")
class Trouble {

    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    @PutMapping("/trouble/{part}")
    void begin(@PathVariable String part) {
        broken.add(part);
    }

    @DeleteMapping("/trouble/{part}")
    void end(@PathVariable String part) {
        broken.remove(part);
    }

    /** @throws IllegalStateException while the part is broken */
    void meet(String part) {
        if (broken.contains(part)) {
            throw new IllegalStateException(part + " is broken");
        }
    }
}
