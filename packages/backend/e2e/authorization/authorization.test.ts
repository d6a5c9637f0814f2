import { GithubSimulator } from '@agent-tasks/github-simulator';
import { JsonObject } from '@backstage/types';
import { createCredentials } from '../credentials';
import { demoSeed } from '../demoOrganization';
import { Portal, startPortal } from '../startPortal';
import { Cast } from './Cast';
import { matrix, MatrixRow, readMatrix } from './matrix';
import { Call, Caller, matrixOperations, MatrixTeam, must } from './operations';

jest.setTimeout(180_000);

const { personas, rows } = readMatrix(matrix);

const teams: Record<'own' | 'foreign', MatrixTeam> = {
  own: {
    ref: 'group:default/team-payments',
    components: [
      'component:default/payments-api',
      'component:default/billing-api',
    ],
  },
  foreign: {
    ref: 'group:default/team-checkout',
    components: [
      'component:default/checkout-api',
      'component:default/cart-service',
    ],
  },
};

interface Document {
  paths: Record<string, Record<string, { operationId: string }>>;
}

let cast: Cast;
let simulator: GithubSimulator;
let portal: Portal;
/** Of each operation the method, and the path as the document has it. */
let routes: Map<string, { method: string; path: string }>;
let cells = 0;

beforeAll(async () => {
  const credentials = createCredentials();
  cast = Cast.create();
  simulator = await GithubSimulator.start({ seed: demoSeed({ credentials }) });
  portal = await startPortal({
    credentials,
    apiBaseUrl: simulator.apiUrl,
    catalogFiles: [cast.roleless],
    backend: {
      database: { client: 'better-sqlite3', connection: ':memory:' },
      ...cast.backend,
    },
  });
  await cast.signIn(portal);
  const { body } = await send({
    persona: 'admin',
    method: 'get',
    path: '/openapi.json',
    call: {},
  });
  routes = new Map(
    Object.entries((body as unknown as Document).paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, { operationId }]) => [
          operationId,
          { method, path },
        ]),
    ),
  );
  // Nothing starts: what is launched waits, and is there for the next call as it was made.
  await must(callAs('admin'), 'PullBrake', {
    body: { scope: 'portal', reason: 'For the matrix' },
  });
});

afterAll(async () => {
  await portal?.stop();
  await simulator?.close();
  cast?.leave();
  process.stdout.write(
    `Authorization matrix: ${routes?.size} operations, ${personas.length} personas, ${cells} cells.\n`,
  );
});

async function send(options: {
  persona: string;
  method: string;
  path: string;
  call: Call;
}): Promise<{ status: number; body: JsonObject }> {
  const { persona, method, path, call } = options;
  const token = cast.tokenOf(persona);
  const filled = path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(call.path?.[name] ?? ''),
  );
  const query = call.query ? `?${new URLSearchParams(call.query)}` : '';
  const response = await fetch(
    `${portal.url}/api/agent-tasks${filled}${query}`,
    {
      method: method.toUpperCase(),
      headers: {
        ...call.headers,
        ...(call.body && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: call.body && JSON.stringify(call.body),
    },
  );
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    body: isJson && text ? JSON.parse(text) : {},
  };
}

function callAs(persona: string): Caller {
  return (operationId, call) =>
    send({ persona, ...routes.get(operationId)!, call });
}

/** Whether a bulk action, which is answered for each task, was done. */
function isRefused(body: JsonObject): boolean {
  return (
    Array.isArray(body.results) &&
    body.results.some(result => !(result as { ok: boolean }).ok)
  );
}

/** What a persona is answered, in the words of the table. */
async function ask(
  row: MatrixRow,
  persona: string,
  whose: 'own' | 'foreign',
): Promise<string> {
  if (row.expected[persona][whose] === '–') {
    return '–';
  }
  const operation = matrixOperations[row.operation];
  const team = teams[whose];
  const admin = callAs('admin');
  const self = callAs(persona);
  const call = await operation.prepare(
    admin,
    team,
    row.ownLaunch ? self : admin,
  );
  const { status, body } = await self(row.operation, call);
  cells += 1;
  if (status !== (operation.done ?? 200)) {
    const known = [400, 401, 403, 404].includes(status);
    return known ? `${status}` : `${status} ${JSON.stringify(body)}`;
  }
  await operation.restore?.(admin, team, call);
  return isRefused(body) ? 'refused' : 'yes';
}

describe('who may call what', () => {
  it('is decided in the table for every operation of the API', () => {
    const operations = [...routes.keys()].sort();
    expect([...new Set(rows.map(row => row.operation))].sort()).toEqual(
      operations,
    );
    expect(Object.keys(matrixOperations).sort()).toEqual(operations);
  });

  it.each(rows)('$name', async row => {
    const actual: typeof row.expected = {};
    for (const persona of personas) {
      const own = await ask(row, persona, 'own');
      const foreign = matrixOperations[row.operation].byTeam
        ? await ask(row, persona, 'foreign')
        : own;
      actual[persona] = { own, foreign };
    }
    expect(actual).toEqual(row.expected);
  });
});
