import { SimulatorContext } from '../SimulatorContext';
import { WebhookDelivery } from '../state';
import { WebhookDispatcher } from './WebhookDispatcher';

export { webhookSignature } from './signature';

/** The sender of webhooks. */
export interface WebhookSender {
  /** Sends a delivery again; the new one is in the log when this returns. */
  redeliver(delivery: WebhookDelivery): Promise<WebhookDelivery>;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Sends a webhook for each event of the world from now on. */
export function attachWebhooks(context: SimulatorContext): WebhookSender {
  const dispatcher = WebhookDispatcher.create({ context });
  dispatcher.start();
  return dispatcher;
}
