import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.lang.reflect.Proxy;

/** GreenMail's SMTP server with a user who keeps nothing: PORT. It has no STARTTLS. */
public final class GreenMailPeer {

  public static void main(String[] arguments) throws Exception {
    ServerSetup setup = new ServerSetup(Integer.parseInt(arguments[0]), "127.0.0.1", "smtp");
    GreenMail server = new GreenMail(setup);
    GreenMailUser user = server.getUserManager().createUser("rcpt@bench.example", "rcpt", "secret");
    GreenMailUser discarding =
        (GreenMailUser)
            Proxy.newProxyInstance(
                GreenMailPeer.class.getClassLoader(),
                new Class<?>[] {GreenMailUser.class},
                (proxy, method, values) -> {
                  if (!method.getName().equals("deliver")) {
                    return method.invoke(user, values);
                  }
                  Peer.accepted();
                  return null;
                });
    server.getUserManager().setMessageDeliveryHandler((message, recipient) -> discarding);
    server.start();
    Peer.await();
  }
}
