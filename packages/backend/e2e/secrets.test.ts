import { randomBytes } from 'node:crypto';
import { GithubSimulator } from '@agent-tasks/github-simulator';
import { Canaries, findJsonWebTokens, Place } from './Canaries';
import { createCredentials } from './credentials';
import { demoSeed } from './demoOrganization';
import { Exchange, HttpTraffic } from './HttpTraffic';
import { ProcessOutput } from './ProcessOutput';
import { Portal, startPortal } from './startPortal';
import {
  createPostgresDatabase,
  createSqliteDatabase,
  TestDatabase,
} from './TestDatabase';
import { walkTroubledWay } from './walkTroubledWay';

jest.setTimeout(90_000);

const POSTGRES =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;

const databases: [string, () => Promise<TestDatabase>][] = [
  ['SQLite', async () => createSqliteDatabase()],
  ...(POSTGRES
    ? ([
        [
          'PostgreSQL',
          () => createPostgresDatabase({ connectionString: POSTGRES }),
        ],
      ] as [string, () => Promise<TestDatabase>][])
    : []),
];

describe.each(databases)('secrets with %s', (_, createDatabase) => {
  const credentials = createCredentials();
  /** Of another service that calls the portal. */
  const serviceToken = randomBytes(24).toString('hex');
  /** What somebody enters into a form is no secret of the portal's. */
  const entered = `ghp_${randomBytes(18).toString('hex')}`;

  let output: ProcessOutput;
  let traffic: HttpTraffic;
  let database: TestDatabase;
  let simulator: GithubSimulator;
  let portal: Portal;
  let ports: { github: number; portal: number };
  let rows: Place[];

  beforeAll(async () => {
    output = ProcessOutput.record();
    traffic = HttpTraffic.record();
    database = await createDatabase();
    simulator = await GithubSimulator.start({
      seed: demoSeed({ credentials, withoutAgent: ['card-vault'] }),
      agent: {
        outcomes: { completed: 1 },
        realChanges: false,
        queueSeconds: { min: 0, max: 0 },
        durationSeconds: { min: 0.3, max: 0.3 },
        pullRequestAfterSeconds: 0.1,
      },
    });
    portal = await startPortal({
      credentials,
      apiBaseUrl: simulator.apiUrl,
      logger: output.createLogger(),
      backend: {
        database: database.config,
        auth: {
          externalAccess: [
            {
              type: 'static',
              options: { token: serviceToken, subject: 'release-train' },
            },
          ],
        },
      },
    });
    simulator.world.apps.get(1)!.webhookUrl =
      `${portal.url}/api/events/http/github`;
    ports = {
      github: Number(new URL(simulator.url).port),
      portal: Number(new URL(portal.url).port),
    };
    await walkTroubledWay({
      portal,
      simulator,
      serviceToken,
      entered: `src/** ${entered}`,
    });
    await portal.stop();
    rows = await database.read();
  });
  afterAll(async () => {
    await portal?.stop();
    await simulator?.close();
    await database?.remove();
    traffic?.stop();
    output?.stop();
  });

  /** Those that the portal has for GitHub. */
  function githubCanaries(): Canaries {
    const canaries = Canaries.create([
      { kind: 'starter token', secret: secretOf(credentials.starterToken) },
      { kind: 'private key of the App', secret: credentials.privateKey },
      { kind: 'webhook secret', secret: credentials.webhookSecret },
    ]);
    for (const token of simulator.tokens.list()) {
      if (token.kind === 'installation') {
        canaries.add({
          kind: 'installation token',
          secret: secretOf(token.token),
        });
      }
    }
    for (const token of bearersAt(ports.github).filter(isJwt)) {
      canaries.add({ kind: 'JWT of the App', secret: signatureOf(token) });
    }
    return canaries;
  }

  /** Those that people, services and plugins have for the portal, and the portal for its database. */
  function portalCanaries(): Canaries {
    const canaries = Canaries.create([
      { kind: 'token of a service', secret: serviceToken },
    ]);
    if (database.password) {
      canaries.add({ kind: 'database password', secret: database.password });
    }
    for (const token of bearersAt(ports.portal).filter(isJwt)) {
      canaries.add({ kind: 'Backstage token', secret: signatureOf(token) });
    }
    return canaries;
  }

  function bearersAt(port: number): string[] {
    return traffic.exchanges
      .filter(exchange => exchange.port === port)
      .map(({ requestHeaders: { authorization = '' } }) =>
        authorization.replace(/^bearer /i, ''),
      );
  }

  /** Requests and answers without what has to be in there: credentials in their header, and the answer that gives one. */
  function trafficPlaces(options: { credentialsAt: number[] }): Place[] {
    return traffic.exchanges.flatMap(exchange => {
      const { port, method, url } = exchange;
      const server = port === ports.github ? 'GitHub' : 'the portal';
      const { authorization = '', ...headers } = exchange.requestHeaders;
      const name = `${method} ${url.replace(/\?.*/, '')} of ${server}`;
      const own = options.credentialsAt.includes(port);
      return [
        { name: `the address of ${name}`, text: url },
        { name: `the headers of ${name}`, text: JSON.stringify(headers) },
        { name: `the body of ${name}`, text: exchange.requestBody },
        {
          name: `the headers of the answer to ${name}`,
          text: JSON.stringify(exchange.responseHeaders),
        },
        ...(own
          ? []
          : [{ name: `the credentials of ${name}`, text: authorization }]),
        ...(own && givesCredential(exchange)
          ? []
          : [{ name: `the answer to ${name}`, text: exchange.responseBody }]),
      ];
    });
  }

  const outputPlace = () => ({ name: 'the output', text: output.text });

  it('of GitHub are nowhere but in the Authorization header of requests to GitHub', () => {
    const canaries = githubCanaries();
    expect(canaries.kinds).toEqual([
      'JWT of the App',
      'installation token',
      'private key of the App',
      'starter token',
      'webhook secret',
    ]);
    // They were used, so they could have been lost.
    const sent = { name: 'headers', text: bearersAt(ports.github).join(' ') };
    expect(canaries.find([sent])).toEqual([
      'JWT of the App in headers',
      'installation token in headers',
      'starter token in headers',
    ]);
    expect(
      canaries.find([
        outputPlace(),
        ...rows,
        ...trafficPlaces({ credentialsAt: [ports.github] }),
      ]),
    ).toEqual([]);
  });

  it('of the portal are nowhere but in the Authorization header of requests to the portal', () => {
    const canaries = portalCanaries();
    expect(canaries.kinds).toEqual([
      'Backstage token',
      ...(database.password ? ['database password'] : []),
      'token of a service',
    ]);
    const sent = { name: 'headers', text: bearersAt(ports.portal).join(' ') };
    expect(canaries.find([sent])).toEqual([
      'Backstage token in headers',
      'token of a service in headers',
    ]);
    expect(
      canaries.find([
        outputPlace(),
        ...rows,
        ...trafficPlaces({ credentialsAt: [ports.portal] }),
      ]),
    ).toEqual([]);
  });

  it('of an origin that is not known are not there either', () => {
    expect(
      findJsonWebTokens([
        outputPlace(),
        ...rows,
        ...trafficPlaces({ credentialsAt: [ports.github, ports.portal] }),
      ]),
    ).toEqual([]);
  });

  it('that somebody enters into a form are data: they reach the agent as they are', () => {
    const data = Canaries.create([
      { kind: 'what was entered', secret: secretOf(entered) },
    ]);
    const found = data.find([
      ...rows,
      ...trafficPlaces({ credentialsAt: [ports.github] }),
    ]);
    // This shows as well that nothing is searched in vain.
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          / in (table agent-tasks\.tasks|database agent-tasks\.sqlite)$/,
        ),
        'what was entered in the body of POST /api/v3/agents/repos/acme/payments-api/tasks of GitHub',
        'what was entered in the body of POST /api/agent-tasks/campaigns of the portal',
        expect.stringMatching(
          /in the answer to GET \/api\/agent-tasks\/tasks\/task_\w+ of the portal$/,
        ),
      ]),
    );
    expect(output.text).toMatch(/debug .*Asking GitHub to start a task/s);
  });
});

/** Without the prefix that all tokens of a kind begin with. */
function secretOf(token: string): string {
  return token.replace(/^(github_pat|gh[a-z])_/, '');
}

function isJwt(token: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

/** Who knows a token without its signature cannot use it. */
function signatureOf(jwt: string): string {
  return jwt.split('.')[2];
}

/** Answers whose purpose it is to give somebody a credential. */
function givesCredential({ method, url }: Exchange): boolean {
  return (
    /^POST .*\/app\/installations\/\d+\/access_tokens$/.test(
      `${method} ${url}`,
    ) || `${method} ${url}` === 'GET /api/auth/persona/refresh'
  );
}
