import express, { NextFunction, Request, Response, Router } from 'express';
import { GitHubError } from '../errors';
import { PullRequest, Repository } from '../state';
import { SimulatorContext } from '../SimulatorContext';
import { actionPath } from './actionPath';
import { LIVE_SCRIPT, STYLE } from './assets';
import { commitPage, filePage } from './commitPage';
import { homePage } from './homePage';
import { Html, html } from './html';
import { layout } from './layout';
import { PageRequest } from './PageRequest';
import { PULL_REQUEST_ACTIONS } from './pullRequestActions';
import { pullRequestPage } from './pullRequestPage';
import { repositoryPage } from './repositoryPage';
import { taskPage, tasksPage } from './tasksPage';
import {
  choosePersona,
  leaveNotice,
  pageRequestOf,
  requireSameOrigin,
  safeReturnPath,
} from './visitor';

/** Nothing runs or loads that this server did not write; nobody frames the pages or takes their forms elsewhere. */
const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: with that browsers send `Origin: null`, and the forms could not be told from foreign ones.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Serves the web pages, to which `html_url` points. */
export function createPagesRouter(context: SimulatorContext): Router {
  const router = Router();
  const { world } = context;

  router.get('/_assets/style.css', (_req, res) => {
    res.type('css').set(HEADERS).send(STYLE);
  });
  router.get('/_assets/live.js', (_req, res) => {
    res.type('js').set(HEADERS).send(LIVE_SCRIPT);
  });

  router.get('/_avatars/:id', (req, res) => {
    const account = world.accounts.get(Number(req.params.id));
    res
      .type('svg')
      .set(HEADERS)
      .status(account ? 200 : 404)
      .send(avatar(account?.login ?? '?').toString());
  });

  const show = (
    title: (request: PageRequest, req: Request) => string,
    content: (request: PageRequest, req: Request) => Html,
  ) =>
    page((req, res) => {
      const request = pageRequestOf({ context, req, res });
      const markup = layout(
        { ...request, title: title(request, req) },
        content(request, req),
      );
      res.set(HEADERS).type('html').send(markup.toString());
    });
  const repositoryOf = (req: Request): Repository => {
    const { owner, repo } = req.params;
    const repository = world.repositories.getByFullName(`${owner}/${repo}`);
    if (!repository) {
      throw GitHubError.notFound();
    }
    return repository;
  };
  const pullRequestOf = (req: Request): PullRequest => {
    const pullRequest = world.pullRequests.getByNumber({
      repository: repositoryOf(req),
      number: Number(req.params.number),
    });
    if (!pullRequest) {
      throw GitHubError.notFound();
    }
    return pullRequest;
  };
  const taskOf = (req: Request) => {
    const task = world.tasks.get(req.params.task);
    if (!task) {
      throw GitHubError.notFound();
    }
    return task;
  };

  router.get(
    '/',
    show(() => 'Repositories', homePage),
  );
  router.get(
    '/tasks',
    show(() => 'Agent tasks', tasksPage),
  );
  router.get(
    ['/tasks/:task', '/:owner/:repo/copilot/tasks/:task'],
    show(
      (_request, req) => taskOf(req).name,
      (request, req) => taskPage(request, taskOf(req)),
    ),
  );
  router.get(
    '/:owner/:repo',
    show(
      (_request, req) => world.repositories.fullName(repositoryOf(req)),
      (request, req) => repositoryPage(request, repositoryOf(req)),
    ),
  );
  router.get(
    ['/:owner/:repo/pull/:number', '/:owner/:repo/pull/:number/*'],
    show(
      (_request, req) => {
        const { title, number } = pullRequestOf(req);
        return `${title} #${number}`;
      },
      (request, req) => pullRequestPage(request, pullRequestOf(req)),
    ),
  );
  const commitOf = (repository: Repository, sha: string) => {
    const commit = world.repositories.resolveRef({ repository, ref: sha });
    if (!commit) {
      throw GitHubError.notFound();
    }
    return commit;
  };
  router.get(
    ['/:owner/:repo/commit/:sha', '/:owner/:repo/commit/:sha/checks'],
    show(
      (_request, req) => `Commit ${req.params.sha.slice(0, 7)}`,
      (request, req) => {
        const repository = repositoryOf(req);
        return commitPage(
          request,
          repository,
          commitOf(repository, req.params.sha),
        );
      },
    ),
  );
  router.get(
    '/:owner/:repo/runs/:run',
    page((req, res) => {
      const repository = repositoryOf(req);
      const run = world.checks.getRun(Number(req.params.run));
      if (run?.repositoryId !== repository.id) {
        throw GitHubError.notFound();
      }
      res.redirect(
        `/${world.repositories.fullName(repository)}/commit/${run.headSha}`,
      );
    }),
  );
  router.get(
    '/:owner/:repo/blob/:ref/*',
    show(
      (_request, req) => req.params[0],
      (_request, req) => {
        const repository = repositoryOf(req);
        const { ref, 0: path } = req.params;
        const content = world.repositories.readFile({ repository, ref, path });
        if (content === undefined) {
          throw GitHubError.notFound();
        }
        const fullName = world.repositories.fullName(repository);
        return filePage({ fullName, ref, path, content });
      },
    ),
  );

  const form = express.urlencoded({ extended: false, limit: '64kb' });
  router.post(
    '/_be',
    form,
    page((req, res) => {
      requireSameOrigin(req);
      choosePersona(res, String(req.body.login));
      res.redirect(303, safeReturnPath(req.body.back));
    }),
  );
  router.post(
    '/:owner/:repo/pull/:number/:action',
    form,
    page((req, res) => {
      requireSameOrigin(req);
      const pullRequest = pullRequestOf(req);
      const request = pageRequestOf({ context, req, res });
      const { persona } = request;
      if (!Object.hasOwn(PULL_REQUEST_ACTIONS, req.params.action) || !persona) {
        throw GitHubError.notFound();
      }
      const action = PULL_REQUEST_ACTIONS[req.params.action];
      try {
        const text = action({
          request,
          pullRequest,
          persona,
          fields: req.body,
        });
        leaveNotice(res, { text, bad: false });
      } catch (error) {
        if (!(error instanceof GitHubError)) {
          throw error;
        }
        leaveNotice(res, { text: sentenceOf(error), bad: true });
      }
      res.redirect(303, actionPath(request, pullRequest));
    }),
  );

  /** Turns a refusal into a page that says so. */
  function page(handler: (req: Request, res: Response) => void) {
    return (req: Request, res: Response, next: NextFunction) => {
      try {
        handler(req, res);
      } catch (error) {
        if (!(error instanceof GitHubError)) {
          next(error);
          return;
        }
        const request = pageRequestOf({ context, req, res });
        const missing = error.status === 404;
        const title = missing ? 'There is no such page' : 'Refused';
        const content = html`<h1>${title}</h1>
          <p>
            ${missing ? 'What was here may be gone.' : error.message}
            <a href="/">Go to the repositories</a>
          </p>`;
        res
          .status(error.status)
          .set(HEADERS)
          .type('html')
          .send(layout({ ...request, title }, content).toString());
      }
    };
  }
  return router;
}

/** The first letter of a login, on a colour of its own. */
function avatar(login: string): Html {
  const hue = [...login].reduce(
    (sum, char) => sum + char.charCodeAt(0) * 47,
    0,
  );
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">
    <rect width="40" height="40" fill="hsl(${hue % 360} 45% 45%)" />
    <text
      x="20"
      y="27"
      text-anchor="middle"
      font-family="sans-serif"
      font-size="20"
      fill="#fff"
    >
      ${login.charAt(0).toLocaleUpperCase('en-US')}
    </text>
  </svg>`;
}

function sentenceOf(error: GitHubError): string {
  return error.errors?.find(({ message }) => message)?.message ?? error.message;
}
