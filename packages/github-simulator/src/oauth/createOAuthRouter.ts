import express, { Router } from 'express';
import { SimulatorContext } from '../SimulatorContext';

/**
 * `POST /login/oauth/access_token`: trades a refresh token for a new user token.
 *
 * As on GitHub the status is 200 even for a refusal, which the body tells by `error`; and a refresh token is good once.
 */
export function createOAuthRouter(context: SimulatorContext): Router {
  const router = Router();
  router.use(express.urlencoded({ extended: false }), express.json());
  router.post('/access_token', (request, response) => {
    const {
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: grantType,
      refresh_token: refreshToken,
    } = { ...request.query, ...request.body } as Record<string, string>;
    const refuse = (error: string, description: string) => {
      response.json({ error, error_description: description });
    };
    const app = context.world.apps.getByClientId(String(clientId));
    context.counters.request({
      route: 'POST /login/oauth/access_token',
      token: 'any',
      status: 200,
    });
    if (!app || !clientSecret || app.clientSecret !== clientSecret) {
      refuse(
        'incorrect_client_credentials',
        'The client_id and/or client_secret passed are incorrect.',
      );
      return;
    }
    if (grantType !== 'refresh_token') {
      refuse('unsupported_grant_type', 'The grant type is not supported.');
      return;
    }
    const token = context.world.tokens.refresh({
      refreshToken: String(refreshToken),
      appId: app.id,
    });
    if (!token) {
      refuse(
        'bad_refresh_token',
        'The refresh token passed is incorrect or expired.',
      );
      return;
    }
    const now = context.clock.now();
    response.json({
      access_token: token.token,
      expires_in: Math.floor((token.expiresAt - now) / 1000),
      refresh_token: token.refreshToken,
      refresh_token_expires_in: Math.floor(
        (token.refreshTokenExpiresAt - now) / 1000,
      ),
      token_type: 'bearer',
      scope: '',
    });
  });
  return router;
}
