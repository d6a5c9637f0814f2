import { Router } from 'express';
import { SimulatorContext } from '../SimulatorContext';
import { DependabotAlert } from '../state/DependabotAlert';

const severities = ['low', 'medium', 'high', 'critical'] as const;

/**
 * `POST /_simulator/repos/{owner}/{repo}/dependabot-alerts`: a vulnerability is found, or with the `number` of one it is
 * fixed. Nothing but the webhook is made of it.
 */
export function createAlertAdminRouter(context: SimulatorContext): Router {
  const { world, clock } = context;
  const router = Router();
  const alerts = new Map<string, DependabotAlert[]>();

  router.post('/:owner/:repo/dependabot-alerts', (request, response) => {
    const { owner, repo } = request.params;
    const fullName = `${owner}/${repo}`;
    const repository = world.repositories.getByFullName(fullName);
    if (!repository) {
      response.status(404).json({ message: 'No such repository' });
      return;
    }
    const known = alerts.get(fullName) ?? [];
    alerts.set(fullName, known);
    const { number, package: name, severity = 'high' } = request.body ?? {};
    const sender = world.accounts.require(repository.ownerId);
    const now = clock.now();
    if (number !== undefined) {
      const alert = known.find(one => one.number === number);
      if (!alert) {
        response.status(404).json({ message: 'No such alert' });
        return;
      }
      Object.assign(alert, { state: 'fixed', updatedAt: now });
      world.events.emit('dependabot_alert', {
        action: 'fixed',
        repository,
        alert,
        sender,
      });
      response.json({ number });
      return;
    }
    if (typeof name !== 'string' || !severities.includes(severity)) {
      response
        .status(400)
        .json({ message: 'package is missing, or severity is none' });
      return;
    }
    const alert: DependabotAlert = {
      number: known.length + 1,
      state: 'open',
      package: name,
      ecosystem: 'npm',
      manifestPath: 'package-lock.json',
      severity,
      patchedVersion: String(request.body.patchedVersion ?? '1.0.1'),
      createdAt: now,
      updatedAt: now,
    };
    known.push(alert);
    world.events.emit('dependabot_alert', {
      action: 'created',
      repository,
      alert,
      sender,
    });
    response.status(201).json({ number: alert.number });
  });
  return router;
}
