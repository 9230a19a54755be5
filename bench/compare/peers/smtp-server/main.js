// smtp-server of Nodemailer, which reads messages to their end and keeps nothing: PORT [KEY CERT].
const fs = require('fs');
const { SMTPServer } = require('smtp-server');

const [port, key, cert] = process.argv.slice(2);
const tls = key ? { key: fs.readFileSync(key), cert: fs.readFileSync(cert) } : { disabledCommands: ['STARTTLS'] };
let accepted = 0;

new SMTPServer({
  ...tls,
  authOptional: true,
  disableReverseLookup: true,
  logger: false,
  maxClients: Infinity,
  name: 'bench.example',
  size: 200 << 20,
  onData(stream, session, callback) {
    stream.on('end', () => {
      accepted++;
      callback(null, 'OK');
    });
    stream.resume();
  },
}).listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 });

process.on('SIGTERM', () => {
  console.log(`accepted ${accepted}`);
  process.exit(0);
});
