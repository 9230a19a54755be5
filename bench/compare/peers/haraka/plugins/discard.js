// Takes every message and keeps nothing.
exports.hook_rcpt = (next) => next(OK);
exports.hook_queue = (next) => next(OK);
