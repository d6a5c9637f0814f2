import { randomUUID } from 'crypto';
import {
  GitHubApp,
  Installation,
  Repository,
  WebhookDelivery,
  WorldEventMap,
  WorldEventName,
} from '../state';
import { SimulatorContext } from '../SimulatorContext';
import { webhookPayload } from './payload';
import { PAYLOADS } from './payloads';
import { webhookSignature } from './signature';

/** GitHub gives a receiver ten seconds. */
const TIMEOUT_MS = 10_000;
const MAX_KEPT_RESPONSE = 10_000;

interface Prepared {
  app: GitHubApp;
  guid: string;
  event: string;
  action?: string;
  installationId?: number;
  repositoryId?: number;
  body: string;
}

/**
 * Sends webhooks to the Apps that are installed where something happens, once each and in no guaranteed order, as
 * GitHub does: a delivery that fails is noted and not sent again until somebody asks for it.
 */
export class WebhookDispatcher {
  readonly #context: SimulatorContext;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #abort = new AbortController();
  readonly #timers = new Map<NodeJS.Timeout, () => void>();
  #unsubscribe: () => void = () => {};

  private constructor(context: SimulatorContext) {
    this.#context = context;
  }

  static create(options: { context: SimulatorContext }): WebhookDispatcher {
    return new WebhookDispatcher(options.context);
  }

  /** Begins to listen to the world. */
  start(): void {
    this.#unsubscribe = this.#context.world.events.onAny((name, event) =>
      this.#handle(name, event),
    );
  }

  /** Sends a delivery again, with the id of the first one; the new entry of the log is returned. */
  async redeliver(delivery: WebhookDelivery): Promise<WebhookDelivery> {
    const app = this.#context.world.apps.get(delivery.appId);
    if (!app) {
      throw new Error(`No App has the id ${delivery.appId}`);
    }
    return this.#track(
      this.#send(
        {
          app,
          guid: delivery.guid,
          event: delivery.event,
          action: delivery.action,
          installationId: delivery.installationId,
          repositoryId: delivery.repositoryId,
          body: delivery.requestBody,
        },
        true,
      ),
    );
  }

  /** Resolves once nothing is under way, what faults hold back included. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.allSettled([...this.#underWay]);
    }
  }

  /** Stops listening, and gives up what is under way. */
  async close(): Promise<void> {
    this.#unsubscribe();
    this.#abort.abort();
    for (const [timer, finish] of this.#timers) {
      clearTimeout(timer);
      finish();
    }
    this.#timers.clear();
    await this.idle();
  }

  #handle<K extends WorldEventName>(name: K, event: WorldEventMap[K]): void {
    if (!PAYLOADS[name] || !('repository' in event)) {
      return;
    }
    const { repository } = event as { repository: Repository };
    for (const app of this.#context.world.apps.list()) {
      if (app.webhookUrl && app.events.includes(name)) {
        const installation = this.#context.world.apps.installationFor({
          app,
          repository,
        });
        if (installation) {
          this.#deliver(name, event, app, installation, repository);
        }
      }
    }
  }

  #deliver<K extends WorldEventName>(
    name: K,
    event: WorldEventMap[K],
    app: GitHubApp,
    installation: Installation,
    repository: Repository,
  ): void {
    const faults = this.#context.faults.forWebhook(name);
    if (faults.some(fault => fault.kind === 'webhook_lost')) {
      return;
    }
    // The body tells the state of this moment, whenever it is sent.
    const prepared: Prepared = {
      app,
      guid: randomUUID(),
      event: name,
      action: 'action' in event ? String(event.action) : undefined,
      installationId: installation.id,
      repositoryId: repository.id,
      body: JSON.stringify(
        webhookPayload({ context: this.#context, name, event, installation }),
      ),
    };
    const late = faults.reduce(
      (most, fault) =>
        fault.kind === 'webhook_late' ? Math.max(most, fault.ms) : most,
      0,
    );
    const times = faults.some(fault => fault.kind === 'webhook_twice') ? 2 : 1;
    const send = async () => {
      if (late > 0) {
        await this.#wait(late);
      }
      for (let i = 0; i < times && !this.#abort.signal.aborted; i++) {
        await this.#send(prepared, false);
      }
    };
    this.#track(send());
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, milliseconds);
      this.#timers.set(timer, resolve);
    });
  }

  #track<T>(work: Promise<T>): Promise<T> {
    const settled = work.catch(() => undefined);
    this.#underWay.add(settled);
    settled.finally(() => this.#underWay.delete(settled));
    return work;
  }

  async #send(
    prepared: Prepared,
    redelivery: boolean,
  ): Promise<WebhookDelivery> {
    const { app, body } = prepared;
    const { clock, world } = this.#context;
    const url = app.webhookUrl ?? '';
    const requestHeaders: Record<string, string> = {
      accept: '*/*',
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/simulator',
      'x-github-delivery': prepared.guid,
      'x-github-event': prepared.event,
      'x-github-hook-id': String(app.id),
      'x-github-hook-installation-target-id': String(app.id),
      'x-github-hook-installation-target-type': 'integration',
      ...(app.webhookSecret && {
        'x-hub-signature-256': webhookSignature({
          secret: app.webhookSecret,
          body,
        }),
      }),
    };
    const deliveredAt = clock.now();
    const started = performance.now();
    const answer = await this.#post(url, requestHeaders, body);
    const { app: _app, body: requestBody, ...log } = prepared;
    return world.apps.recordDelivery({
      ...log,
      appId: app.id,
      deliveredAt,
      redelivery,
      durationSeconds: (performance.now() - started) / 1000,
      url,
      requestHeaders,
      requestBody,
      ...answer,
    });
  }

  async #post(
    url: string,
    headers: Record<string, string>,
    body: string,
  ): Promise<
    Pick<
      WebhookDelivery,
      'status' | 'statusCode' | 'responseHeaders' | 'responseBody'
    >
  > {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.any([timeout, this.#abort.signal]),
      });
      const text = await response.text();
      return {
        status: response.ok
          ? 'OK'
          : `Invalid HTTP Response: ${response.status}`,
        statusCode: response.status,
        responseHeaders: Object.fromEntries(response.headers),
        responseBody: text.slice(0, MAX_KEPT_RESPONSE),
      };
    } catch {
      return {
        status: timeout.aborted ? 'timed out' : 'failed to connect to host',
        statusCode: 0,
      };
    }
  }
}
