import java.net.InetSocketAddress;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.AllButStartTlsLineChannelHandlerFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.NettyServer;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.protocols.smtp.SMTPProtocolHandlerChain;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MessageHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.reactivestreams.Publisher;

/** The protocol library of Apache James on Netty, with hooks that keep nothing: PORT [KEYSTORE]. */
public final class JamesPeer {

  public static void main(String[] arguments) throws Exception {
    SMTPProtocolHandlerChain chain =
        new SMTPProtocolHandlerChain(new NoMetrics(), new Discarding());
    NettyServer.Factory factory =
        new NettyServer.Factory()
            .protocol(new SMTPProtocol(chain, new SMTPConfigurationImpl()))
            .frameHandlerFactory(
                new AllButStartTlsLineChannelHandlerFactory(
                    "starttls", AbstractChannelPipelineFactory.MAX_LINE_LENGTH));
    if (arguments.length > 1) {
      factory.secure(Encryption.createStartTls(Peer.tls(arguments[1])));
    }
    NettyServer server = factory.build();
    server.setBacklog(Peer.BACKLOG);
    server.setListenAddresses(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
    server.bind();
    Peer.await();
  }

  private static final class Discarding implements MessageHook, RcptHook {

    @Override
    public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
      Peer.accepted();
      return HookResult.OK;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
      return HookResult.OK;
    }
  }

  /** Metrics that measure nothing, so that they cost nothing. */
  private static final class NoMetrics implements MetricFactory {

    @Override
    public Metric generate(String name) {
      return new NoMetric();
    }

    @Override
    public TimeMetric timer(String name) {
      return new NoTime(name);
    }

    @Override
    public <T> Publisher<T> decoratePublisherWithTimerMetric(String name, Publisher<T> publisher) {
      return publisher;
    }

    @Override
    public <T> Publisher<T> decoratePublisherWithTimerMetricLogP99(
        String name, Publisher<T> publisher) {
      return publisher;
    }
  }

  private static final class NoMetric implements Metric {

    @Override
    public void increment() {}

    @Override
    public void decrement() {}

    @Override
    public void add(int value) {}

    @Override
    public void remove(int value) {}

    @Override
    public long getCount() {
      return 0;
    }

    @Override
    public double movingAverage() {
      return 0;
    }
  }

  private record NoTime(String name) implements TimeMetric {

    @Override
    public ExecutionResult stopAndPublish() {
      return null;
    }
  }
}
