import { AddressInfo } from 'net';
import { Server } from 'http';
import { Agent } from './agent/Agent';
import { AgentOptions } from './agent/AgentOptions';
import { Authenticator } from './auth/Authenticator';
import { CiRunner } from './ci/CiRunner';
import { SimulatorClock } from './clock/SimulatorClock';
import { ContractRecord } from './contract/ContractRecord';
import { Counters } from './counters/Counters';
import { FaultInjector } from './faults/FaultInjector';
import { RateLimiter, RateLimits } from './limits/RateLimiter';
import { loadSeed } from './loadSeed';
import { SeededRandom } from './random/SeededRandom';
import { RestService } from './rest/RestService';
import { SimulatorSeed } from './seed';
import { createSimulatorServer } from './server';
import { SimulatorContext } from './SimulatorContext';
import { TokenStore, World, WorldData } from './state';
import { attachWebhooks, WebhookSender } from './webhooks';

/** @public */
export interface GithubSimulatorOptions {
  /** A free one when left out. */
  port?: number;
  /** `127.0.0.1` when left out. */
  host?: string;
  /** What it starts with; nothing when left out. */
  seed?: SimulatorSeed;
  /** A world that was saved; goes before `seed`. */
  data?: WorldData;
  /** Seed of the generator: 1 when left out. The same seed and the same requests lead to the same world. */
  random?: number;
  agent?: Partial<AgentOptions>;
  /** Others than GitHub's; false switches them off. */
  limits?: Partial<RateLimits> | false;
  /**
   * Whether answers are checked against OpenAPI too. One that does not fit becomes a 500 and stands in
   * `contract.violations`. Requests are always checked.
   */
  checkContract?: boolean;
  clock?: SimulatorClock;
}

/**
 * GitHub, as far as Agent Tasks uses it, on a port of this machine.
 *
 * @public
 */
export class GithubSimulator {
  readonly world: World;
  readonly clock: SimulatorClock;
  readonly faults: FaultInjector;
  readonly counters: Counters;
  readonly contract: ContractRecord;
  readonly agent: Agent;
  readonly limits: RateLimiter;
  readonly webhooks: WebhookSender;
  /** What the doors share. */
  readonly context: SimulatorContext;
  readonly #server: Server;

  private constructor(options: {
    context: SimulatorContext;
    contract: ContractRecord;
    webhooks: WebhookSender;
    server: Server;
  }) {
    const { context } = options;
    this.context = context;
    this.world = context.world;
    this.clock = context.clock;
    this.faults = context.faults;
    this.counters = context.counters;
    this.agent = context.agent;
    this.limits = context.limits;
    this.contract = options.contract;
    this.webhooks = options.webhooks;
    this.#server = options.server;
  }

  /** Resolves once it answers requests. */
  static async start(
    options: GithubSimulatorOptions = {},
  ): Promise<GithubSimulator> {
    const clock = options.clock ?? SimulatorClock.create();
    const world = options.data
      ? World.fromData({ data: options.data, clock })
      : World.create({ clock, random: options.random });
    if (!options.data && options.seed) {
      loadSeed({ world, seed: options.seed });
    }
    const counters = Counters.create();
    // A generator of its own: adding a fault does not change what the agent does.
    const faults = FaultInjector.create({
      random: SeededRandom.create((options.random ?? 1) + 1_000_003),
    });
    const contract = ContractRecord.create();
    const context: SimulatorContext = {
      world,
      clock,
      counters,
      faults,
      auth: Authenticator.create({ world }),
      agent: Agent.create({ world, counters, faults, agent: options.agent }),
      ci: CiRunner.create({ world }),
      limits: RateLimiter.create({ clock, limits: options.limits }),
      redeliver: async () => {
        throw new Error('Webhooks are not attached yet');
      },
      urls: { html: '', api: '', graphql: '' },
    };
    const webhooks = attachWebhooks(context);
    context.redeliver = delivery => webhooks.redeliver(delivery);
    const rest = RestService.create({
      context,
      limiter: context.limits,
      record: contract,
      checkContract: options.checkContract ?? false,
    });
    const server = createSimulatorServer({ context, rest, record: contract });
    const host = options.host ?? '127.0.0.1';
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    const { port } = server.address() as AddressInfo;
    const html = `http://${host}:${port}`;
    context.urls = {
      html,
      api: `${html}/api/v3`,
      graphql: `${html}/api/graphql`,
    };
    if (options.data) {
      context.agent.resume();
      context.ci.resume();
    }
    return new GithubSimulator({ context, contract, webhooks, server });
  }

  /** Web pages, to which `html_url` points. */
  get url(): string {
    return this.context.urls.html;
  }

  /** REST; Octokit finds GraphQL from it. */
  get apiUrl(): string {
    return this.context.urls.api;
  }

  get tokens(): TokenStore {
    return this.world.tokens;
  }

  /** Ends every connection, and all that is scheduled. */
  async close(): Promise<void> {
    await this.webhooks.close();
    this.clock.close();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
