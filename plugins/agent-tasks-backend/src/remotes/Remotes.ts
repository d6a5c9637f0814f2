import {
  AgentProvider,
  CodeHost,
  ProviderError,
} from '@agent-tasks/plugin-agent-tasks-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { RemoteStore } from './RemoteStore';

/**
 * The providers and code hosts that modules brought, and whether they answer.
 */
export class Remotes {
  readonly #providers: ReadonlyMap<string, AgentProvider>;
  readonly #codeHosts: ReadonlyMap<string, CodeHost>;
  readonly #store: RemoteStore;
  readonly #clock: Clock;
  readonly #wakeups: Wakeups;
  readonly #logger: LoggerService;

  private constructor(options: RemotesOptions) {
    this.#providers = options.providers;
    this.#codeHosts = options.codeHosts;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#wakeups = options.wakeups;
    this.#logger = options.logger;
  }

  static create(options: RemotesOptions): Remotes {
    return new Remotes(options);
  }

  get providers(): AgentProvider[] {
    return [...this.#providers.values()];
  }

  get codeHosts(): CodeHost[] {
    return [...this.#codeHosts.values()];
  }

  provider(id: string): AgentProvider | undefined {
    return this.#providers.get(id);
  }

  codeHost(id: string): CodeHost | undefined {
    return this.#codeHosts.get(id);
  }

  /** The code host that serves a host in web addresses. */
  codeHostOf(host: string): CodeHost | undefined {
    return this.codeHosts.find(codeHost => codeHost.host === host);
  }

  store(): Pick<RemoteStore, 'getAll'> {
    return this.#store;
  }

  /** Providers at which tasks can be started: installed, and not known to be out of reach. */
  async startableProviders(): Promise<string[]> {
    const health = await this.#store.getAll();
    return this.providers
      .filter(
        provider =>
          health.get(`provider:${provider.id}`)?.state !== 'unavailable',
      )
      .map(provider => provider.id);
  }

  /** Writes down that a remote answered. */
  async succeeded(role: 'provider' | 'code-host', id: string): Promise<void> {
    if (await this.#store.markAvailable(`${role}:${id}`, this.#clock.now())) {
      this.#logger.info(`${this.#title(role, id)} answers`);
      this.#wakeups.wake('admission', 'starts', 'changes', 'stops');
    }
  }

  /**
   * Writes down that a remote did not answer as it should.
   *
   * @param options.refusalCounts - of a request that is always permitted, such as a list: a refusal then says that the
   *   credentials do not serve any more. A refusal of one task or change is an answer, and says nothing about health.
   */
  async failed(
    role: 'provider' | 'code-host',
    id: string,
    error: unknown,
    options: { refusalCounts: boolean } = { refusalCounts: false },
  ): Promise<void> {
    if (
      error instanceof ProviderError &&
      error.effect === 'refused' &&
      !options.refusalCounts
    ) {
      return;
    }
    const message = describeProblem(error);
    const news = await this.#store.markUnavailable(
      `${role}:${id}`,
      message,
      this.#clock.now(),
    );
    if (news) {
      this.#logUnexpected(error);
      this.#logger.warn(
        `${this.#title(role, id)} does not answer; work waits and goes on by itself: ${message}`,
      );
    }
  }

  /** What failed, for people. Where it cannot be told to them, the log has it. */
  explain(error: unknown): string {
    this.#logUnexpected(error);
    return describeProblem(error);
  }

  #logUnexpected(error: unknown): void {
    if (!(error instanceof ProviderError)) {
      this.#logger.error(
        'A request failed in an unexpected way',
        toError(error),
      );
    }
  }

  #title(role: 'provider' | 'code-host', id: string): string {
    const remote = role === 'provider' ? this.provider(id) : this.codeHost(id);
    return remote?.title ?? id;
  }
}

export interface RemotesOptions {
  providers: ReadonlyMap<string, AgentProvider>;
  codeHosts: ReadonlyMap<string, CodeHost>;
  store: RemoteStore;
  clock: Clock;
  wakeups: Wakeups;
  logger: LoggerService;
}

/**
 * What failed, for people. Only the messages of ProviderErrors are written for them; any other error may hold anything.
 */
export function describeProblem(error: unknown): string {
  return error instanceof ProviderError
    ? error.message
    : 'The request failed in an unexpected way; the log of the backend has the details.';
}
