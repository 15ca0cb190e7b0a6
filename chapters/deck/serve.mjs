/*
 * Serve a folder of woven pages to this machine alone:
 *
 *     node chapters/deck/serve.mjs [FOLDER [PORT [SOURCES COMMAND...]]]
 *
 * build/slides and 8000 unless named. It listens on 127.0.0.1 and answers only
 * requests that are addressed so: a page elsewhere cannot read it through a
 * name that it points here.
 *
 * With SOURCES, whenever something in that folder changes, the command is run,
 * and open pages load again where they are. When it fails they stay, and show
 * what it said, as the terminal does.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const folder = path.resolve(process.argv[2] || 'build/slides');
const wanted = Number(process.argv[3] || 8000);
const [sources, ...command] = process.argv.slice(4);
const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.png': 'image/png' };

/* ---- building anew ---------------------------------------------------------- */

const QUIET_MS = 50;        /* an editor may write a file in several steps */
const listeners = new Set();
const watched = new Map();
let built = Date.now();     /* another number for each build, and each start of this */
let fault = '';
let timer = null;
let running = false;
let stale = false;

function tell(listener) {
  listener.write(`data: ${JSON.stringify({ built, fault })}\n\n`);
}

/* Without make's own words. */
function finish(status, said) {
  const words = said.replace(/^make(\[\d+\])?: .*\n/gm, '');
  running = false;
  fault = status === 0 ? '' : words || `${command.join(' ')} ended with status ${status}`;
  if (fault)
    console.error(fault);
  else
    built++;
  listeners.forEach(tell);
  if (stale)
    build();
}

/* A change while the command runs makes it run once more. */
function build() {
  stale = running;
  if (running)
    return;
  running = true;
  let said = '';
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.setEncoding('utf8').on('data', text => { said += text; });
  child.on('error', error => finish(2, error.message));
  child.on('close', status => running && finish(status, said));
}

/* Each folder by itself: a recursive watch loses sight of a file that an editor
 * replaces. New folders are found when the one above them changes. */
function watch(dir) {
  if (!watched.has(dir))
    watched.set(dir, fs.watch(dir, () => {
      if (!fs.existsSync(dir)) {
        watched.get(dir)?.close();
        watched.delete(dir);
      }
      clearTimeout(timer);
      timer = setTimeout(() => { watch(sources); build(); }, QUIET_MS);
    }));
  for (const entry of fs.readdirSync(dir, { withFileTypes: true }))
    if (entry.isDirectory())
      watch(path.join(dir, entry.name));
}

/* What a page does, beyond what it is: the speaker's small frames follow their
 * main window, and need no wire of their own. */
function follow(shown) {
  if (new URLSearchParams(location.search).has('receiver'))
    return;
  new EventSource('/~changes').onmessage = event => {
    const { built, fault } = JSON.parse(event.data);
    document.getElementById('fault')?.remove();
    if (fault) {
      const box = document.createElement('pre');
      box.id = 'fault';
      box.setAttribute('role', 'alert');
      box.style = 'position:fixed;z-index:99;inset:auto 0 0;max-height:50vh;margin:0;padding:1em;overflow:auto;' +
        'background:#5c0f0a;color:#fff;font:16px/1.5 monospace;text-align:left;white-space:pre-wrap';
      box.textContent = fault;
      document.body.append(box);
    } else if (built !== shown) {
      location.reload();
    }
  };
}

/* ---- serving ---------------------------------------------------------------- */

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

function listen(request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  listeners.add(response);
  request.on('close', () => listeners.delete(response));
  tell(response);
}

function sendFile(response, file) {
  const shown = built;      /* before it is read: at worst it is loaded twice */
  fs.readFile(file, (error, body) => {
    const type = types[path.extname(file)] || 'text/plain';
    if (error)
      answer(response, 404, 'text/plain', 'there is no such page\n');
    else if (sources && type === 'text/html')
      answer(response, 200, type, `${body}<script>(${follow})(${shown})</script>\n`);
    else
      answer(response, 200, type, body);
  });
}

const server = http.createServer((request, response) => {
  const file = fileOf(request.url);
  const { port } = server.address();
  if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.host))
    answer(response, 403, 'text/plain', 'this server is for this machine alone\n');
  else if (!file || (request.method !== 'GET' && request.method !== 'HEAD'))
    answer(response, 404, 'text/plain', 'there is no such page\n');
  else if (sources && request.url === '/~changes')
    listen(request, response);
  else
    sendFile(response, file);
});

server.on('error', error => {
  const taken = error.code === 'EADDRINUSE' ? `port ${wanted} is taken; name another: make serve PORT=8001` : error.message;
  console.error(`serve: ${taken}`);
  process.exit(2);
});
if (sources)
  watch(sources);
server.listen(wanted, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/ (Ctrl-C ends it)`);
});
