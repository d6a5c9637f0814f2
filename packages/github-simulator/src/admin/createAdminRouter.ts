import express, { Router } from 'express';
import { ContractRecord } from '../contract/ContractRecord';
import { FaultRule } from '../faults/FaultInjector';
import { SimulatorContext } from '../SimulatorContext';
import { isoTime } from '../clock/SimulatorClock';
import { AgentOutcome } from '../state';
import { createAlertAdminRouter } from './createAlertAdminRouter';
import { createPullRequestAdminRouter } from './createPullRequestAdminRouter';

/**
 * `/_simulator`: what drills in other processes and the pages use to watch the simulator and to make it misbehave.
 *
 * No token is needed: the simulator listens on the loopback address alone.
 */
export function createAdminRouter(options: {
  context: SimulatorContext;
  record: ContractRecord;
}): Router {
  const { context, record } = options;
  const { clock, counters, faults, world, agent } = context;
  const router = Router();
  router.use(express.json({ limit: '1mb' }));
  router.use('/repos', createPullRequestAdminRouter(context));
  router.use('/repos', createAlertAdminRouter(context));

  router.get('/counters', (_request, response) => {
    response.json({
      ...counters.values,
      duplicateMarkers: counters.duplicateMarkers,
      runningTasks: agent.running,
      tasks: world.tasks.size,
    });
  });
  router.post('/reset-counters', (_request, response) => {
    counters.reset();
    response.status(204).end();
  });

  router.get('/faults', (_request, response) => {
    response.json(faults.list());
  });
  router.post('/faults', (request, response) => {
    const { routeRegExp, ...rule } = request.body as FaultRule & {
      routeRegExp?: string;
    };
    if (!rule.fault?.kind) {
      response.status(400).json({ message: 'fault.kind is missing' });
      return;
    }
    const { id } = faults.add(
      routeRegExp ? { ...rule, route: new RegExp(routeRegExp) } : rule,
    );
    response.status(201).json({ id });
  });
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  router.delete('/faults/:id', (request, response) => {
    response.status(faults.remove(request.params.id) ? 204 : 404).end();
  });

  router.get('/clock', (_request, response) => {
    response.json({ now: isoTime(clock.now()), frozen: clock.frozen });
  });
  router.post('/clock/advance', (request, response) => {
    const { seconds = 0, milliseconds = 0 } = request.body as {
      seconds?: number;
      milliseconds?: number;
    };
    const total = Number(seconds) * 1000 + Number(milliseconds);
    if (!(total >= 0)) {
      response.status(400).json({ message: 'A clock goes forward only' });
      return;
    }
    clock.advance(total);
    response.json({ now: isoTime(clock.now()) });
  });
  router.post('/clock/freeze', (_request, response) => {
    clock.freeze();
    response.json({ now: isoTime(clock.now()) });
  });
  router.post('/clock/unfreeze', (_request, response) => {
    clock.unfreeze();
    response.json({ now: isoTime(clock.now()) });
  });

  router.get('/agent', (_request, response) => {
    response.json({ ...agent.options, running: agent.running });
  });
  router.patch('/agent', (request, response) => {
    agent.configure(request.body);
    response.json(agent.options);
  });

  router.get('/tasks', (_request, response) => {
    response.json(
      world.tasks.listAll().map(task => ({
        ...task,
        repository: world.repositories.fullName(
          world.repositories.require(task.repositoryId),
        ),
        creator: world.accounts.require(task.creatorId).login,
        createdAt: isoTime(task.createdAt),
        updatedAt: isoTime(task.updatedAt),
      })),
    );
  });
  router.post('/tasks/:id/continue', (request, response) => {
    const task = world.tasks.get(request.params.id);
    if (!task) {
      response.status(404).json({ message: 'No such task' });
      return;
    }
    agent.continueTask({
      task,
      outcome: request.body?.outcome as AgentOutcome | undefined,
    });
    response.json({ state: task.state });
  });

  router.get('/contract', (_request, response) => {
    response.json({
      violations: record.violations,
      checked: Object.fromEntries(record.checked),
      // What broke inside the simulator while it told of an event.
      listenerErrors: world.events.errors.map(String),
    });
  });
  return router;
}
