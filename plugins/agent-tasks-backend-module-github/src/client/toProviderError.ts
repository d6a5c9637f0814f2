import {
  ProviderError,
  ProviderErrorEffect,
} from '@agent-tasks/plugin-agent-tasks-node';
import { CredentialScope } from './GithubAuth';
import { GithubFailure } from './GithubFailure';
import { redact } from './redact';
import { isRateLimited, retryAfterSeconds } from './rateLimit';

/** What a request was for. */
export interface RequestPurpose {
  /** Completes "GitHub refused to …", such as `start a task in acme/payments`. */
  doing: string;
  scope: CredentialScope;
  /** The credentials of the request, so that none comes back in a message. */
  secrets: readonly string[];
}

/**
 * What is certain after a failure.
 *
 * - An answer below 500 is a refusal, except that a rate limit passes and a credential is renewed.
 * - An answer from 500 on, a broken connection, a request that was ended, and an answer that cannot be read say
 *   nothing of the effect: GitHub answers 502 to starts that happened.
 * - Where no connection was made, nothing happened, and it may work later.
 */
export function effectOf(failure: GithubFailure): ProviderErrorEffect {
  switch (failure.kind) {
    case 'answer':
      if (failure.status === 401 || isRateLimited(failure)) {
        return 'later';
      }
      return failure.status >= 500 || failure.status === 408
        ? 'unknown'
        : 'refused';
    case 'not_connected':
      return 'later';
    case 'aborted':
      return failure.sent ? 'unknown' : 'later';
    case 'redirected':
      return 'refused';
    default:
      return 'unknown';
  }
}

/**
 * The error for the backend: a sentence that says what failed and what to do, with nothing of the request in it.
 */
export function toProviderError(
  failure: GithubFailure,
  purpose: RequestPurpose,
): ProviderError {
  const message = redact({
    text: describe(failure, purpose),
    secrets: purpose.secrets,
  });
  const effect = effectOf(failure);
  if (failure.kind !== 'answer') {
    return new ProviderError(message, { effect });
  }
  return new ProviderError(message, {
    effect,
    status: failure.status,
    requestId: failure.headers['x-github-request-id'],
    retryAfterSeconds: retryAfterSeconds(failure),
  });
}

function describe(failure: GithubFailure, purpose: RequestPurpose): string {
  const { doing } = purpose;
  switch (failure.kind) {
    case 'not_connected':
      return `GitHub could not be reached to ${doing} (${failure.code}). Check the network, the proxy, and agentTasks.github.apiBaseUrl.`;
    case 'interrupted':
      return `The connection to GitHub broke while it was asked to ${doing} (${failure.code}). Whether it did so is not known.`;
    case 'aborted':
      return failure.sent
        ? `GitHub did not answer in time when it was asked to ${doing}. Whether it did so is not known.`
        : `GitHub was not asked to ${doing}: the time for it had run out.`;
    case 'redirected':
      return `GitHub was not asked to ${doing}: ${failure.message}. The repository was probably renamed or moved; write its new name into the catalog.`;
    case 'unreadable':
      return `GitHub's answer to the request to ${doing} could not be read: ${failure.message}. Whether it did so is not known.`;
    default:
      return describeAnswer(failure, purpose);
  }
}

function describeAnswer(
  failure: Extract<GithubFailure, { kind: 'answer' }>,
  purpose: RequestPurpose,
): string {
  const { doing, scope } = purpose;
  const { status } = failure;
  const words = failure.message.trim().replace(/[.\s]+$/, '');
  const said = words ? `: ${words}` : '';
  if (isRateLimited(failure)) {
    const seconds = retryAfterSeconds(failure);
    return `GitHub's rate limit is used up, so it did not ${doing} (${status})${said}. It may be asked again in ${seconds} s.`;
  }
  if (status >= 500 || status === 408) {
    return `GitHub failed when it was asked to ${doing} (${status})${said}. Whether it did so is not known.`;
  }
  return `GitHub refused to ${doing} (${status})${said}. ${advice(failure, scope)}`.trim();
}

/** What a person can do about a refusal. */
function advice(
  failure: Extract<GithubFailure, { kind: 'answer' }>,
  scope: CredentialScope,
): string {
  const needed = failure.headers['x-accepted-github-permissions'];
  const permission = needed ? ` Needed: ${needed}.` : '';
  switch (failure.status) {
    case 401:
      return {
        starter:
          'The token has expired or was revoked: make a new one in the settings of the machine user (Developer settings, fine-grained tokens) and put it at agentTasks.github.starter.token.',
        app: "The App's key was not accepted: compare agentTasks.github.app with the App's settings, and this machine's clock with the time.",
        installation:
          "The App's token was revoked; a new one is made for the next request. If this goes on, check that the App is still installed.",
      }[scope.kind];
    case 403:
      return {
        starter: `Check that the machine user may write to the repository, that the cloud agent is enabled there and in the user's Copilot plan, and that the token has the permission 'Agent tasks'.${permission}`,
        app: `Check the App's settings and that its installation is not suspended.${permission}`,
        installation: `Give the App the permission in its settings, and accept it where the App is installed.${permission}`,
      }[scope.kind];
    case 404:
      return {
        starter:
          'It does not exist, or the token does not cover the repository.',
        app: 'The App is not installed there.',
        installation:
          'It does not exist, or the App is not installed for the repository.',
      }[scope.kind];
    case 410:
      return 'GitHub no longer offers this version of its API: update @agent-tasks/plugin-agent-tasks-backend-module-github.';
    default:
      return '';
  }
}
