import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { createPooledFetch, RedirectRefusedError } from './pooledFetch';

/** A server that notes what it is asked, and redirects as its table says. */
async function listen(redirects: Record<string, [number, string]>) {
  const requests: IncomingMessage[] = [];
  const twice = new WeakSet<Socket>();
  const server: Server = createServer((request, response) => {
    requests.push(request);
    const redirect = redirects[request.url ?? ''];
    if (request.url === '/twice') {
      twice.add(request.socket);
      response.end('twice');
    } else if (request.url === '/start') {
      // The second answer arrives when something else is asked on the same connection.
      if (twice.has(request.socket)) {
        request.socket.write(
          'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\ntwice',
        );
      }
      response.end('started');
    } else if (redirect) {
      response.writeHead(redirect[0], { location: redirect[1] }).end();
    } else {
      response.end(`${request.method} ${request.url}`);
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { server, requests, origin: `http://127.0.0.1:${port}` };
}

describe('createPooledFetch', () => {
  const pool = createPooledFetch();
  const headers = { authorization: 'Bearer canary' };
  let other: Awaited<ReturnType<typeof listen>>;
  let github: Awaited<ReturnType<typeof listen>>;

  beforeAll(async () => {
    other = await listen({});
    github = await listen({
      '/away': [302, `${other.origin}/steal`],
      '/renamed': [301, '/repositories/17'],
      '/moved-post': [307, '/repositories/17/tasks'],
      '/loop': [302, '/loop'],
    });
  });

  afterAll(async () => {
    await pool.close();
    github.server.close();
    other.server.close();
  });

  it('follows a read within the same host', async () => {
    const response = await pool.fetch(`${github.origin}/renamed`, { headers });
    expect(await response.text()).toBe('GET /repositories/17');
    expect(github.requests.at(-1)?.headers.authorization).toBe('Bearer canary');
  });

  it('does not follow to another host', async () => {
    await expect(
      pool.fetch(`${github.origin}/away`, { headers }),
    ).rejects.toThrow(RedirectRefusedError);
    expect(other.requests).toEqual([]);
  });

  it('does not follow with anything but a read', async () => {
    await expect(
      pool.fetch(`${github.origin}/moved-post`, {
        method: 'POST',
        body: '{}',
        headers,
      }),
    ).rejects.toThrow(RedirectRefusedError);
    expect(
      github.requests.filter(({ url }) => url === '/repositories/17/tasks'),
    ).toEqual([]);
  });

  it('does not follow without end', async () => {
    await expect(
      pool.fetch(`${github.origin}/loop`, { headers }),
    ).rejects.toThrow('redirected too often');
  });

  it('does not take an answer that was written twice for that to a start', async () => {
    // A connection is free only a moment after its answer was read: of two in turn, one is used again by what follows.
    for (let count = 0; count < 2; count += 1) {
      const read = await pool.fetch(`${github.origin}/twice`, { headers });
      expect(await read.text()).toBe('twice');
    }
    const start = await pool.fetch(`${github.origin}/start`, {
      method: 'POST',
      body: '{}',
      headers,
    });
    expect(await start.text()).toBe('started');
  });

  it('keeps its connections', async () => {
    const requests = 10;
    const ports = new Set<number | undefined>();
    for (let count = 0; count < requests; count++) {
      const response = await pool.fetch(`${github.origin}/again`);
      await response.text();
      ports.add(github.requests.at(-1)?.socket.remotePort);
    }
    // Two or three take turns, since a connection is free only a moment after its answer was read.
    expect(ports.size).toBeLessThan(requests / 2);
  });
});
