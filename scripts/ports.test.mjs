import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { freePort, isFree, listenerOf } from './ports.mjs';

describe('ports', () => {
  for (const host of [undefined, '127.0.0.1']) {
    it(`tells that a port is taken on ${host ?? 'all addresses'}, and by whom`, async () => {
      const port = await freePort();
      assert.equal(await isFree(port), true);
      const server = createServer();
      await new Promise(resolve => server.listen(port, host, resolve));
      try {
        assert.equal(await isFree(port), false);
        if (process.platform === 'linux') {
          assert.match(listenerOf(port), new RegExp(`process ${process.pid} `));
        }
      } finally {
        await new Promise(resolve => server.close(resolve));
      }
      assert.equal(await isFree(port), true);
    });
  }
});
