package io.simplesmtp;

/**
 * What is answered to mail data: one {@link Reply} for all recipients, or one for {@linkplain
 * PerRecipient each of them}.
 *
 * <pre>{@code
 * DataReply all = Reply.ok("Queued");
 * DataReply each = PerRecipient.of(envelope, to -> Reply.ok("For " + to.mailbox().localPart()));
 * }</pre>
 */
public sealed interface DataReply permits Reply, PerRecipient {}
