package io.simplesmtp.app.load;

/** A load: which mail is sent where, how, and how fast. */
public record Plan(Target target, Access access, Mail mail, Pace pace) {}
