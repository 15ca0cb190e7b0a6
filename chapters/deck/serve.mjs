/*
 * Serve a folder of woven pages to this machine alone:
 *
 *     node chapters/deck/serve.mjs [FOLDER [PORT]]
 *
 * build/slides and 8000 unless named. It listens on 127.0.0.1 and answers only
 * requests that are addressed so: a page elsewhere cannot read it through a
 * name that it points here.
 */
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const folder = path.resolve(process.argv[2] || 'build/slides');
const port = Number(process.argv[3] || 8000);
const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.png': 'image/png' };

/* The file that an address means, or null when it is none of ours. */
function fileOf(url) {
  let name;
  try {
    name = decodeURIComponent(url.split(/[?#]/)[0]);
  } catch (malformed) {
    return null;
  }
  const file = path.join(folder, name.endsWith('/') ? `${name}index.html` : name);
  return file.startsWith(folder + path.sep) && !name.includes('\0') ? file : null;
}

function answer(response, status, type, body) {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-cache' });
  response.end(body);
}

const server = http.createServer((request, response) => {
  const file = fileOf(request.url);
  if (!hosts.has(request.headers.host))
    answer(response, 403, 'text/plain', 'this server is for this machine alone\n');
  else if (!file || (request.method !== 'GET' && request.method !== 'HEAD'))
    answer(response, 404, 'text/plain', 'there is no such page\n');
  else
    fs.readFile(file, (error, body) => {
      if (error)
        answer(response, 404, 'text/plain', 'there is no such page\n');
      else
        answer(response, 200, types[path.extname(file)] || 'text/plain', body);
    });
});

server.on('error', error => {
  const taken = error.code === 'EADDRINUSE' ? `port ${port} is taken; name another: make serve PORT=8001` : error.message;
  console.error(`serve: ${taken}`);
  process.exit(2);
});
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/ (Ctrl-C ends it)`));
