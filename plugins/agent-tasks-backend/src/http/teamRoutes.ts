import {
  TeamLimitsRequest,
  TeamPauseRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Request } from 'express';
import { TeamService } from '../teams/TeamService';
import { ApiRouter } from './ApiRouter';
import { callerOf } from './caller';

/** The limits of groups, and the changes of them. */
export function addTeamRoutes(
  router: ApiRouter,
  options: { teams: TeamService; httpAuth: HttpAuthService },
): void {
  const { teams, httpAuth } = options;
  const path = '/teams/:kind/:namespace/:name';
  const callerFor = async (req: Request) => {
    const credentials = await httpAuth.credentials(req);
    return { credentials, actor: callerOf(credentials) };
  };

  router.get('/teams', async (req, res) => {
    res.json(await teams.list(await httpAuth.credentials(req)));
  });

  router.get(path, async (req, res) => {
    res.json(await teams.get(await httpAuth.credentials(req), teamOf(req)));
  });

  router.put(`${path}/limits`, async (req, res) => {
    res.json(
      await teams.setLimits(
        await callerFor(req),
        teamOf(req),
        req.body as TeamLimitsRequest,
      ),
    );
  });

  router.post(`${path}/pause`, async (req, res) => {
    res.json(
      await teams.pause(
        await callerFor(req),
        teamOf(req),
        req.body as TeamPauseRequest,
      ),
    );
  });

  router.post(`${path}/resume`, async (req, res) => {
    res.json(await teams.resume(await callerFor(req), teamOf(req)));
  });
}

function teamOf(req: Request): string {
  const { kind, namespace, name } = req.params;
  return `${kind}:${namespace}/${name}`;
}
