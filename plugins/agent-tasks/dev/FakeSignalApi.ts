import type { SignalApi } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';

/** Backstage's signals in memory: what is published comes to those who subscribed. */
export class FakeSignalApi implements SignalApi {
  readonly #subscribers = new Map<string, Set<(message: JsonObject) => void>>();

  private constructor() {}

  static create(): FakeSignalApi {
    return new FakeSignalApi();
  }

  subscribe<TMessage extends JsonObject = JsonObject>(
    channel: string,
    onMessage: (message: TMessage) => void,
  ) {
    const subscribers = this.#subscribers.get(channel) ?? new Set();
    this.#subscribers.set(channel, subscribers);
    const subscriber = onMessage as (message: JsonObject) => void;
    subscribers.add(subscriber);
    return { unsubscribe: () => void subscribers.delete(subscriber) };
  }

  publish(channel: string, message: JsonObject): void {
    this.#subscribers.get(channel)?.forEach(subscriber => subscriber(message));
  }
}
