import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers every request with the bytes of a file, once it has read the request. Nothing can answer with less work. */
const bytes = readFileSync(process.argv[2]!);
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': bytes.length,
    });
    response.end(bytes);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`Answering at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.once('SIGINT', () => {
  server.close();
  server.closeAllConnections();
});
