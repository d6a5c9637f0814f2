import { once } from 'node:events';
import { createServer, request, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { RequestsUnderWay } from './RequestsUnderWay';

describe('RequestsUnderWay', () => {
  it('counts the chosen requests between their arrival and their answer or end', async () => {
    const held: ServerResponse[] = [];
    const server = createServer((_request, response) => held.push(response));
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const watch = RequestsUnderWay.watch({
      matches: target => target === 'POST /tasks',
    });
    const send = async (method: string, path: string) => {
      const sent = request({
        port: (server.address() as AddressInfo).port,
        method,
        path,
      });
      sent.on('error', () => {});
      const arrived = once(server, 'request');
      sent.end();
      await arrived;
      return sent;
    };

    const first = await send('POST', '/tasks?page=1');
    const second = await send('POST', '/tasks');
    await send('GET', '/tasks');
    expect(watch.count).toBe(2);

    const closed = held.map(response => once(response, 'close'));
    held[0].end();
    await Promise.all([once(first, 'response'), closed[0]]);
    expect(watch.count).toBe(1);

    second.destroy();
    await closed[1];
    expect(watch.count).toBe(0);

    watch.stop();
    await send('POST', '/tasks');
    expect(watch.count).toBe(0);
    server.closeAllConnections();
    server.close();
  });
});
