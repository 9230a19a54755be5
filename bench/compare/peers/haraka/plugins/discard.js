// Takes every message and keeps nothing; says how many there were when the server is ended.
let accepted = 0;

exports.hook_rcpt = (next) => next(OK);

exports.hook_queue = (next) => {
  accepted++;
  next(OK);
};

process.on('SIGTERM', () => {
  console.log(`accepted ${accepted}`);
  process.exit(0);
});
