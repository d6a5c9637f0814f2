import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Request, Response, Router } from 'express';
import { TriggerInbox } from '../triggers/TriggerInbox';

/** The largest body that is read, in bytes. */
const bodyLimit = 1024 * 1024;

/**
 * Where senders post to, without Backstage's authentication: each request is proved by its signature. What is not taken in
 * is always answered in the same words, so that a sender learns nothing of what there is.
 */
export function addHookRoute(
  router: Router,
  options: { inbox: TriggerInbox; logger: LoggerService },
): void {
  const { inbox, logger } = options;
  router.post('/hooks/:triggerId', async (req, res) => {
    const body = await readBody(req);
    if (!body) {
      refuse(res);
      return;
    }
    let isTaken: boolean;
    try {
      isTaken = await inbox.receive({
        triggerId: req.params.triggerId,
        request: { body, header: name => req.header(name) },
      });
    } catch (error) {
      logger.error('A webhook could not be taken in', toError(error));
      // It is worth another try.
      answer(res, 503, 'ServiceUnavailableError', 'Try again later.');
      return;
    }
    if (isTaken) {
      res.status(202).json({ accepted: true });
    } else {
      refuse(res);
    }
  });
}

/**
 * The bytes that were sent, as they were signed. `undefined`: they are too many, or were cut off; the rest is not read.
 */
async function readBody(req: Request): Promise<Buffer | undefined> {
  if (Number(req.header('content-length') ?? 0) > bodyLimit) {
    return undefined;
  }
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of req.iterator({ destroyOnReturn: false })) {
      parts.push(part);
      length += part.length;
      if (length > bodyLimit) {
        return undefined;
      }
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(parts);
}

function refuse(res: Response): void {
  // What is still sent is not waited for.
  res.set('Connection', 'close');
  answer(res, 403, 'NotAllowedError', 'Refused.');
}

function answer(
  res: Response,
  statusCode: number,
  name: string,
  message: string,
): void {
  res
    .status(statusCode)
    .json({ error: { name, message }, response: { statusCode } });
}
