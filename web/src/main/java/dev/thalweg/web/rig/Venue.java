package dev.thalweg.web.rig;

import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.web.link.Link;
import dev.thalweg.web.link.LinkObserver;

/** Where the documents of a rig live: a real service, or one inside the page. */
interface Venue {
    /**
     * The service as one client reaches it.
     *
     * @param user     what the client is called
     * @param link     holds back what travels
     * @param observer sees what sets out
     */
    ServiceFactory service(String user, Link link, LinkObserver observer);

    /** Where that is, in a few words. */
    String note();

    /** The address of a real service, empty for one inside the page. */
    String address();
}
