import { Request, Response } from 'express';
import { GitHubError } from '../errors';
import { Account } from '../state';
import { SimulatorContext } from '../SimulatorContext';
import { PageRequest } from './PageRequest';

const PERSONA_COOKIE = 'simulator_persona';
const NOTICE_COOKIE = 'simulator_notice';
const COOKIE_OPTIONS = { httpOnly: true, sameSite: 'lax', path: '/' } as const;

/** Everybody that a visitor can be: the members of the organisations. */
function personasOf(context: SimulatorContext): Account[] {
  const { accounts } = context.world;
  const members = accounts
    .list('Organization')
    .flatMap(organization => accounts.listMembers(organization.id));
  return [...new Map(members.map(member => [member.id, member])).values()];
}

function cookiesOf(req: Request): Map<string, string> {
  return new Map(
    (req.headers.cookie ?? '').split(';').flatMap(pair => {
      const [name, value] = pair.split('=');
      return value === undefined ? [] : [[name.trim(), value.trim()]];
    }),
  );
}

function decodeNotice(value: string | undefined): PageRequest['notice'] {
  if (!value) {
    return undefined;
  }
  try {
    const { text, bad } = JSON.parse(
      Buffer.from(value, 'base64url').toString('utf8'),
    );
    return { text: String(text), bad: Boolean(bad) };
  } catch {
    return undefined;
  }
}

/** Reads who visits, and what is to be told to them; that is told once. */
export function pageRequestOf(options: {
  context: SimulatorContext;
  req: Request;
  res: Response;
}): PageRequest {
  const { context, req, res } = options;
  const personas = personasOf(context);
  const cookies = cookiesOf(req);
  const login = cookies.get(PERSONA_COOKIE);
  const notice = decodeNotice(cookies.get(NOTICE_COOKIE));
  if (notice && req.method === 'GET') {
    res.clearCookie(NOTICE_COOKIE, COOKIE_OPTIONS);
  }
  return {
    simulator: context,
    personas,
    persona: personas.find(each => each.login === login) ?? personas[0],
    path: req.originalUrl,
    notice,
  };
}

/** Remembers who the visitor wants to be. */
export function choosePersona(res: Response, login: string): void {
  res.cookie(PERSONA_COOKIE, encodeURIComponent(login), COOKIE_OPTIONS);
}

/** Leaves a sentence for the next page that the visitor sees. */
export function leaveNotice(
  res: Response,
  notice: { text: string; bad: boolean },
): void {
  const value = Buffer.from(JSON.stringify(notice)).toString('base64url');
  res.cookie(NOTICE_COOKIE, value, COOKIE_OPTIONS);
}

/**
 * Refuses a form that was sent from a page of another site: whoever visits such a page is still somebody here.
 *
 * @throws GitHubError 403
 */
export function requireSameOrigin(req: Request): void {
  const { origin, host } = req.headers;
  const site = req.headers['sec-fetch-site'];
  const same =
    origin === undefined
      ? site === 'same-origin'
      : hostOf(origin) === host && (site ?? 'same-origin') === 'same-origin';
  if (!same) {
    throw new GitHubError(403, 'This form was sent from another site.');
  }
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

/** A path of this site to come back to; anything else becomes the first page. */
export function safeReturnPath(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(path)
    ? path
    : '/';
}
