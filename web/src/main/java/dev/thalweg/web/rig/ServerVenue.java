package dev.thalweg.web.rig;

import dev.thalweg.driver.DriverOptions;
import dev.thalweg.driver.ServiceEndpoint;
import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.driver.SocketIoServiceFactory;
import dev.thalweg.platform.Platform;
import dev.thalweg.web.link.ConditionedHttp;
import dev.thalweg.web.link.Link;
import dev.thalweg.web.link.LinkConditioner;
import dev.thalweg.web.link.LinkObserver;

/**
 * A real service: each client gets a socket of its own.
 *
 * @param platform the browser
 * @param address  of the service, without a slash at the end
 * @param grant    the first token, which said whose documents they are
 */
record ServerVenue(Platform platform, String address, DemoTokens.Grant grant) implements Venue {
    @Override
    public ServiceFactory service(String user, Link link, LinkObserver observer) {
        Platform conditioned = new Platform(platform.timers(), platform.ids(),
                new LinkConditioner(platform.sockets(), link, observer), new ConditionedHttp(platform.http(), link));
        return new SocketIoServiceFactory(conditioned, ServiceEndpoint.at(address, grant.tenant()),
                new DemoTokens(conditioned.http(), address, user).holding(grant), DriverOptions.DEFAULT);
    }

    @Override
    public String note() {
        return "server " + address.substring(address.indexOf("://") + 3);
    }
}
