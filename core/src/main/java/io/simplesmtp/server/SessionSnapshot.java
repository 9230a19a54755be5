package io.simplesmtp.server;

import java.time.Duration;

/**
 * A session of a running server at one moment, for those who operate it.
 *
 * <pre>{@code
 * for (SessionSnapshot each : server.sessions()) {
 *   System.out.println(each.session().id() + " " + each.activity() + " " + each.age().toSeconds());
 * }
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param session what is known of it; before the first TLS handshake, before the header of a proxy,
 *     and when it is over and its connection closes, that is the connection alone
 * @param activity what it does
 * @param lasting how long it has done that
 * @param age how long it has been connected
 */
public record SessionSnapshot(Session session, Activity activity, Duration lasting, Duration age) {}
