import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { knex } from 'knex';
import { Canaries, findJsonWebTokens } from './Canaries';
import { createCredentials } from './credentials';
import { HttpTraffic } from './HttpTraffic';
import { ProcessOutput } from './ProcessOutput';
import {
  createPostgresDatabase,
  createSqliteDatabase,
  TestDatabase,
} from './TestDatabase';

const POSTGRES =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;

/** A test that finds nothing proves nothing unless it would find something: each way to lose a secret is found. */
describe('the search for secrets', () => {
  const secret = randomBytes(24).toString('hex');
  const canaries = Canaries.create([{ kind: 'token', secret }]);
  const find = (text: string) => canaries.find([{ name: 'here', text }]);

  it.each<[string, string]>([
    ['whole', `Bearer ${secret}`],
    ['without its end', secret.slice(0, 24)],
    ['without its beginning', secret.slice(-24)],
    ['in Base64', Buffer.from(secret).toString('base64')],
    [
      'in Base64 with what stands before it',
      Buffer.from(`x-access-token:${secret}`).toString('base64'),
    ],
    ['in hexadecimal numbers', Buffer.from(secret).toString('hex')],
    ['in JSON', JSON.stringify({ a: [JSON.stringify({ secret })] })],
  ])('finds one %s', (_, text) => {
    expect(find(`before ${text} after`)).toEqual(['token in here']);
    // Base64 is three times as likely to be missed: try the other two positions.
    expect(find(text)).toEqual(['token in here']);
  });

  it('finds a private key in any notation, and any line of it', () => {
    const { privateKey } = createCredentials();
    const keys = Canaries.create([{ kind: 'key', secret: privateKey }]);
    const lines = privateKey.trim().split('\n');
    for (const text of [
      privateKey,
      JSON.stringify({ privateKey }),
      privateKey.replace(/\n/g, '\\n'),
      lines[5],
      Buffer.from(privateKey).toString('base64'),
    ]) {
      expect(keys.find([{ name: 'here', text }])).toEqual(['key in here']);
    }
  });

  it('finds a token that nobody told it of', () => {
    const token = [
      JSON.stringify({ alg: 'RS256', typ: 'JWT' }),
      JSON.stringify({ sub: 'somebody' }),
      'any signature that is long enough',
    ]
      .map(part => Buffer.from(part).toString('base64url'))
      .join('.');
    const text = `"authorization":"Bearer ${token}"`;
    expect(
      findJsonWebTokens([
        { name: 'here', text },
        { name: 'there', text: 'eyJub3RoaW5n' },
      ]),
    ).toEqual(['here']);
  });

  it('finds nothing where nothing is', () => {
    expect(find(randomBytes(20_000).toString('hex'))).toEqual([]);
    expect(find('-----BEGIN RSA PRIVATE KEY-----')).toEqual([]);
  });

  it.each<[string, (output: ProcessOutput) => void]>([
    ['a message', output => output.createLogger().debug(`with ${secret}`)],
    [
      'fields of a message',
      output =>
        output.createLogger().info('asked', { headers: { token: secret } }),
    ],
    [
      'fields of a logger',
      output => output.createLogger().child({ token: secret }).warn('asked'),
    ],
    [
      'the cause of an error',
      output =>
        output
          .createLogger()
          .error(
            'failed',
            new Error('failed', { cause: { request: { token: secret } } }),
          ),
    ],
    ['the console', () => console.debug({ secret })],
    ['stdout', () => process.stdout.write(`${secret}\n`)],
    ['stderr', () => process.stderr.write(Buffer.from(`${secret}\n`))],
  ])('finds one in %s', (_, leak) => {
    // What is written does not reach the terminal of whoever runs this.
    const quiet = [
      jest.spyOn(process.stdout, 'write').mockReturnValue(true),
      jest.spyOn(process.stderr, 'write').mockReturnValue(true),
      jest.spyOn(console, 'debug').mockReturnValue(undefined),
    ];
    const output = ProcessOutput.record();
    leak(output);
    output.stop();
    quiet.forEach(spy => spy.mockRestore());
    expect(find(output.text)).toEqual(['token in here']);
  });

  it('finds one in requests and answers of HTTP', async () => {
    const traffic = HttpTraffic.record();
    const server = createServer((request, response) => {
      request.resume();
      response.setHeader('x-token', secret);
      response.write('before ');
      response.end(secret);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/?token=${secret}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ secret }),
    });
    expect(await answer.text()).toBe(`before ${secret}`);
    await new Promise(resolve => {
      server.close(resolve);
      server.closeAllConnections();
    });
    traffic.stop();
    expect(traffic.exchanges).toEqual([
      {
        port,
        method: 'POST',
        url: `/?token=${secret}`,
        requestHeaders: expect.objectContaining({
          authorization: `Bearer ${secret}`,
        }),
        requestBody: JSON.stringify({ secret }),
        status: 200,
        responseHeaders: expect.objectContaining({ 'x-token': secret }),
        responseBody: `before ${secret}`,
      },
    ]);
  });

  const databases: [string, () => Promise<TestDatabase>][] = [
    ['SQLite', async () => createSqliteDatabase()],
  ];
  if (POSTGRES) {
    databases.push([
      'PostgreSQL',
      () => createPostgresDatabase({ connectionString: POSTGRES }),
    ]);
  }

  it.each(databases)('finds one in a row of %s', async (_, create) => {
    const database = await create();
    try {
      const { client, connection, prefix } = database.config as {
        client: string;
        connection: Record<string, string>;
        prefix?: string;
      };
      if (prefix) {
        const server = knex({
          client,
          connection: { ...connection, database: 'postgres' },
        });
        await server.raw(`CREATE DATABASE "${prefix}things"`);
        await server.destroy();
      }
      const own = knex({
        client,
        useNullAsDefault: true,
        connection: prefix
          ? { ...connection, database: `${prefix}things` }
          : { filename: `${connection.directory}/things.sqlite` },
      });
      await own.schema.createTable('notes', table => table.json('note'));
      await own('notes').insert({ note: JSON.stringify({ a: { secret } }) });
      await own.destroy();
      expect(canaries.find(await database.read())).toEqual([
        prefix
          ? 'token in table things.notes'
          : 'token in database things.sqlite',
      ]);
    } finally {
      await database.remove();
    }
  });
});
