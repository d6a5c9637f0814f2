import { request as send } from 'node:http';
import { AddressInfo } from 'node:net';
import { Server } from 'node:http';
import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import { SignedRequest } from '../triggers/verifySignature';
import { TriggerInbox } from '../triggers/TriggerInbox';
import { addHookRoute } from './hookRoute';

const receive = jest.fn<
  Promise<boolean>,
  [{ triggerId: string; request: SignedRequest }]
>();
const logger = mockServices.logger.mock();

let server: Server;

beforeAll(async () => {
  const app = express();
  const router = PromiseRouter();
  addHookRoute(router, {
    inbox: { receive } as unknown as TriggerInbox,
    logger,
  });
  app.use(router);
  server = await new Promise<Server>(resolve => {
    const listening = app.listen(0, () => resolve(listening));
  });
});
afterAll(() => server.close());
beforeEach(() => {
  receive.mockReset().mockResolvedValue(false);
});

/** Sends a body as it is, and stops where the answer comes before its end. */
async function post(
  body: Buffer,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string; headers: object; sent: number }> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    let sent = 0;
    let answered = false;
    const req = send(
      { port, path: '/hooks/trg_1', method: 'POST', headers },
      res => {
        answered = true;
        const parts: Buffer[] = [];
        res.on('data', part => parts.push(part));
        res.on('error', reject);
        res.on('end', () => {
          const { date: _date, ...rest } = res.headers;
          resolve({
            status: res.statusCode!,
            body: Buffer.concat(parts).toString(),
            headers: rest,
            sent,
          });
        });
      },
    );
    req.on('error', error => {
      if (!answered) {
        reject(error);
      }
    });
    const part = 64 * 1024;
    const write = () => {
      if (answered || sent >= body.length) {
        req.end();
        return;
      }
      const next = body.subarray(sent, sent + part);
      sent += next.length;
      req.write(next, () => setImmediate(write));
    };
    write();
  });
}

describe('The address of a webhook', () => {
  it('hands over the bytes that were signed', async () => {
    receive.mockResolvedValue(true);
    const answer = await post(Buffer.from('{ "a" :1}'), {
      'x-hub-signature-256': 'sha256=00',
    });
    expect(answer.status).toBe(202);
    expect(JSON.parse(answer.body)).toEqual({ accepted: true });
    const [{ triggerId, request }] = receive.mock.calls[0];
    expect(triggerId).toBe('trg_1');
    expect(request.body.toString()).toBe('{ "a" :1}');
    expect(request.header('x-hub-signature-256')).toBe('sha256=00');
  });

  it('refuses everything in the same words', async () => {
    const refused = await post(Buffer.from('{}'));
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.body)).toEqual({
      error: { name: 'NotAllowedError', message: 'Refused.' },
      response: { statusCode: 403 },
    });
    const large = Buffer.alloc(30 * 1024 * 1024, 0x20);
    for (const answer of [
      await post(Buffer.from('no JSON')),
      await post(Buffer.alloc(0)),
      await post(large, { 'content-length': String(large.length) }),
      await post(large, { 'transfer-encoding': 'chunked' }),
    ]) {
      expect({ ...answer, sent: 0 }).toEqual({ ...refused, sent: 0 });
    }
  });

  it('refuses 30 MB before they are sent, and looks at none of it', async () => {
    const large = Buffer.alloc(30 * 1024 * 1024, 0x20);
    const declared = await post(large, {
      'content-length': String(large.length),
    });
    const chunked = await post(large, { 'transfer-encoding': 'chunked' });
    expect(declared.sent).toBeLessThan(10 * 1024 * 1024);
    expect(chunked.sent).toBeLessThan(10 * 1024 * 1024);
    expect(receive).not.toHaveBeenCalled();
  });

  it('says nothing of what went wrong inside', async () => {
    receive.mockRejectedValue(new Error('select * from triggers: 10.0.0.7'));
    const answer = await post(Buffer.from('{}'));
    expect(answer.status).toBe(503);
    expect(answer.body).not.toContain('10.0.0.7');
    expect(logger.error).toHaveBeenCalled();
  });
});
