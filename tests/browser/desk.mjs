/*
 * For tests of heddle serve: a small book in a folder of its own, served; and what
 * its pages are told, one message after the other. Nothing here waits for a time:
 * each wait is for a state, and ends with the test's own limit.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { top } from './browser.mjs';

export const heddle = path.resolve(top, process.env.HEDDLE || 'build/bin/heddle');
export const LIMIT_MS = Number(process.env.DESK_LIMIT_MS || 120000);         /* for what comes at once, on a machine that is busy */

export const chapter = `# First {#first}

Some words.

\`\`\`c {#greet}
puts("hello, desk");
\`\`\`

\`\`\`c {file=hello.c .program}
#include <stdio.h>

int main(void)
{
    <<greet>>
    return 0;
}
\`\`\`

\`\`\`output {of=hello}
hello, desk
\`\`\`

## End {#end}

The end.
`;

export function makeBook(files = { 'chapters/a.md': chapter }) {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'heddle-serve-'));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(work, name)), { recursive: true });
    fs.writeFileSync(path.join(work, name), text);
  }
  return work;
}

/* The explorer is linked already, and need not be once more for each book. */
const explorer = path.join(top, 'build/obj/explorer.o');
export const env = { ...process.env, MAKEFLAGS: fs.existsSync(explorer) && !/\s/.test(explorer) ? ` -- BOOK_EXPLORER_OBJECTS= BOOK_EXPLORER_OBJECT=${explorer}` : '' };

/* The server, and the address that it prints, with its key. */
export async function serve(work, ...words) {
  const child = spawn(heddle, ['serve', '--port', '0', ...words], { cwd: work, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', text => resolve(String(text)));
    child.once('exit', status => reject(new Error(`heddle serve ended with status ${status}`)));
  });
  const [address] = line.split(' ');
  const { port, pathname } = new URL(address);
  const ended = new Promise(resolve => child.once('exit', (status, signal) => resolve({ status, signal })));
  return { child, address, port: Number(port), home: pathname, origin: `http://127.0.0.1:${port}`, ended };
}

/* One request, below the key unless it begins with a slash. */
export function request({ port, home }, address, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = http.request({ port, host: '127.0.0.1', path: address.startsWith('/') ? address : home + address, method, headers }, response => {
      let text = '';
      response.setEncoding('utf8').on('data', part => { text += part; });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
    }).on('error', reject);
    sent.end(body);
  });
}

export function post(server, address, body = '', headers = {}) {
  return request(server, address, { method: 'POST', body, headers: { Origin: server.origin, ...headers } });
}

/* What a page is told; until() waits for a message of which something is true. */
export function listen({ port, home }) {
  const messages = [];
  let wake = () => {};
  const sent = http.get({ port, host: '127.0.0.1', path: `${home}~changes` }, response => {
    let rest = '';
    response.setEncoding('utf8').on('data', text => {
      const parts = (rest + text).split('\n\n');
      rest = parts.pop();
      messages.push(...parts.filter(part => part.startsWith('data: ')).map(part => JSON.parse(part.replace(/^data: /gm, ''))));
      wake();
    });
  }).on('error', () => {});
  async function until(wanted) {
    for (;;) {
      while (!messages.length)
        await new Promise(resolve => { wake = resolve; });
      const message = messages.shift();
      if (wanted(message))
        return message;
    }
  }
  return { until, close: () => sent.destroy() };
}

/* All that can be found out about the saved book has been. */
export const isDone = ({ saved }) => saved.current && saved.stage === 'done';

export function standOf({ saved }, at) {
  return saved.listings?.find(listing => listing.at === at)?.state;
}
