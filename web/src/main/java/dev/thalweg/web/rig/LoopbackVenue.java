package dev.thalweg.web.rig;

import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.platform.Platform;
import dev.thalweg.web.link.ConditionedService;
import dev.thalweg.web.link.Link;
import dev.thalweg.web.link.LinkObserver;

/** A service inside the page: the same sequencer, without a server. Its documents end with the page. */
final class LoopbackVenue implements Venue {
    private final LoopbackService service;
    private final String note;

    /** @param note where that is, in a few words */
    LoopbackVenue(Platform platform, String note) {
        this.service = LoopbackService.automatic(platform.timers(), platform.ids(), LoopbackOptions.DEFAULT);
        this.note = note;
    }

    @Override
    public ServiceFactory service(String user, Link link, LinkObserver observer) {
        return new ConditionedService(service.link(), link, observer);
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public String address() {
        return "";
    }
}
