import { Request, Response } from 'express';

type Handler = (req: Request, res: Response) => Promise<void>;

/**
 * The part of the OpenAPI router that routes are added to. Requests have been checked against the document when a
 * handler sees them, and a handler that throws is answered with the error.
 */
export interface ApiRouter {
  get(path: string, handler: Handler): void;
  post(path: string, handler: Handler): void;
  put(path: string, handler: Handler): void;
  delete(path: string, handler: Handler): void;
}
