package io.simplesmtp;

/**
 * What is answered to mail data: one {@link Reply} for all recipients, or one for {@linkplain
 * PerRecipient each of them}.
 */
public sealed interface DataReply permits Reply, PerRecipient {}
