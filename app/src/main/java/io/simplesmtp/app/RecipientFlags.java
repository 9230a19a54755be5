package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.SmtpPolicy;
import io.simplesmtp.server.policy.AcceptedDomains;
import io.simplesmtp.server.policy.NoOpenRelay;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** For whom mail is taken. */
final class RecipientFlags {

  @Option(
      names = "--accept-domain",
      paramLabel = "DOMAIN",
      description = {
        "Take mail for this domain; repeatable. Recipients elsewhere get 550 5.7.1,"
            + " but for postmaster without a domain, and but for clients that have"
            + " authenticated.",
        "Default: mail for every domain is taken."
      })
  List<Host> domains = new ArrayList<>();

  @Option(
      names = "--reject-recipient",
      paramLabel = "REGEX[=REPLY]",
      description = {
        "Refuse recipients in whose address this is found, in any case; repeatable, and the first"
            + " that fits decides. REPLY begins with a 4xx or 5xx code.",
        "Default: 550 5.1.1 Mailbox unavailable."
      })
  List<RecipientRule> rules = new ArrayList<>();

  /**
   * The policies of the flags. Users who authenticate may send to other domains, too.
   *
   * @param hostname where postmaster without a domain is
   */
  List<SmtpPolicy> policies(Host hostname, boolean hasUsers) {
    List<SmtpPolicy> policies = new ArrayList<>();
    if (!rules.isEmpty()) {
      policies.add(new RejectedRecipients(rules));
    }
    if (!domains.isEmpty()) {
      Set<Host> ours = Set.copyOf(domains);
      policies.add(
          new PostmasterToo(
              hostname, hasUsers ? new NoOpenRelay(ours, List.of()) : new AcceptedDomains(ours)));
    }
    return policies;
  }
}
