import {
  AgentProvider,
  AgentTasksHint,
  CodeHost,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import {
  AuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { Knex } from 'knex';
import {
  AccountThrottle,
  toThrottleSettings,
} from './accounts/AccountThrottle';
import { DatabaseThrottleStore } from './accounts/DatabaseThrottleStore';
import { AuditService } from './audit/AuditService';
import { DatabaseAuditReader } from './audit/DatabaseAuditReader';
import { DatabaseEventStore } from './audit/DatabaseEventStore';
import { ChangeOffers } from './changes/ChangeOffers';
import { ChangeReports } from './changes/ChangeReports';
import { ChangeTracker } from './changes/ChangeTracker';
import { DatabaseChangeStore } from './changes/DatabaseChangeStore';
import { DatabaseRevertStore } from './changes/DatabaseRevertStore';
import { RevertWatcher } from './changes/RevertWatcher';
import { ReviewWaits } from './changes/ReviewWaits';
import { AgentTasksConfig } from './config';
import { createCampaigns } from './campaigns/createCampaigns';
import { DatabaseCampaignStore } from './campaigns/DatabaseCampaignStore';
import { CallerCatalog } from './launch/CallerCatalog';
import { DefaultLaunchService } from './launch/DefaultLaunchService';
import { Planner } from './launch/Planner';
import { PlanService } from './launch/PlanService';
import { Clock } from './loops/Clock';
import { Loop } from './loops/Loop';
import { DatabaseRoundStore } from './loops/RoundStore';
import { ReplicaWakeups } from './loops/ReplicaWakeups';
import { LoopName, Wakeups } from './loops/Wakeups';
import { AuthorizedLaunchService } from './permissions/AuthorizedLaunchService';
import { AuthorizedTaskService } from './permissions/AuthorizedTaskService';
import { Admission } from './queue/Admission';
import { BrakeService } from './queue/BrakeService';
import { DatabaseBrakeStore } from './queue/DatabaseBrakeStore';
import { DatabaseTaskReader } from './queue/DatabaseTaskReader';
import { DatabaseQueueStore } from './queue/DatabaseQueueStore';
import { DatabaseTaskStore } from './queue/DatabaseTaskStore';
import { DefaultTaskService } from './queue/DefaultTaskService';
import { countBefore } from './queue/countBefore';
import { DatabaseForecastStore } from './queue/DatabaseForecastStore';
import { DatabaseMeasuredTimes } from './queue/DatabaseMeasuredTimes';
import { DatabaseQueueHistoryStore } from './queue/DatabaseQueueHistoryStore';
import { DatabaseQueueLineReader } from './queue/DatabaseQueueLineReader';
import { DatabaseRunningTaskReader } from './queue/DatabaseRunningTaskReader';
import { Forecasts } from './queue/Forecasts';
import { Holds } from './queue/Holds';
import { PlanForecasts } from './queue/PlanForecasts';
import { QueueSampler } from './queue/QueueSampler';
import { IntakeReader } from './queue/IntakeReader';
import { DefaultLimitReader } from './queue/LimitReader';
import { QueueService } from './queue/QueueService';
import { Reconciler } from './queue/Reconciler';
import { TaskFeed } from './queue/TaskFeed';
import { DatabaseRemoteStore } from './remotes/DatabaseRemoteStore';
import { Remotes } from './remotes/Remotes';
import { StatusService } from './remotes/StatusService';
import { DeadlineWatcher } from './runs/DeadlineWatcher';
import { DatabaseDeadlineStore } from './runs/DeadlineStore';
import { DatabaseAttemptStore } from './runs/DatabaseAttemptStore';
import { RunReports } from './runs/RunReports';
import { Starter } from './runs/Starter';
import { StartPermits } from './runs/StartPermits';
import { StartResolver } from './runs/StartResolver';
import { Stopper } from './runs/Stopper';
import { TaskRetrier } from './runs/TaskRetrier';
import { TaskWatcher, watchRound } from './runs/TaskWatcher';
import { DatabaseForeignChangeStore } from './teams/DatabaseForeignChangeStore';
import { DatabaseTeamTaskReader } from './teams/DatabaseTeamTaskReader';
import { ForeignChangeWatcher } from './teams/ForeignChangeWatcher';
import { TeamHierarchy } from './teams/TeamHierarchy';
import { TeamService } from './teams/TeamService';
import { DatabaseTeamGroupStore } from './teams/DatabaseTeamGroupStore';
import {
  DatabaseLimitVersionStore,
  DatabaseTeamLimitStore,
} from './teams/DatabaseTeamLimitStore';
import {
  limitsOfConfig,
  LimitSettingsReader,
} from './teams/LimitSettingsReader';
import { DatabaseTemplateStore } from './templates/DatabaseTemplateStore';
import { TemplateEditor } from './templates/TemplateEditor';
import { TemplatePreviews } from './templates/TemplatePreviews';
import { TemplateProvisioner } from './templates/TemplateProvisioner';
import { TemplateService } from './templates/TemplateService';
import { DatabaseTriggerRunStore } from './triggers/DatabaseTriggerRunStore';
import { DatabaseTriggerStore } from './triggers/DatabaseTriggerStore';
import { TriggerAccess } from './triggers/TriggerAccess';
import { TriggerInbox } from './triggers/TriggerInbox';
import { TriggerRunner } from './triggers/TriggerRunner';
import { TriggerScheduler } from './triggers/TriggerScheduler';
import { TriggerScope } from './triggers/TriggerScope';
import { TriggerService } from './triggers/TriggerService';

/** Rounds of loops that are woken when there is work: the safety net behind the wake-ups. */
const safetyNetSeconds = 5;

/** How often the database is asked for work that has become due. */
const dueSeconds = 1;

/** How often the counters of slots are proved against a full count. */
const countersSeconds = 60;

/** How often it is looked whether the next sample of the queue is due, which is taken each minute. */
const samplesSeconds = 10;

/** How often it is looked whether it is time to ask for reverts, which is each minute. */
const revertsSeconds = 20;

/** How often the catalog is asked for templates. */
const templatesSeconds = 5;

export interface AgentTasksOptions {
  auth: AuthService;
  catalog: CatalogService;
  codeHosts: ReadonlyMap<string, CodeHost>;
  clock: Clock;
  config: AgentTasksConfig;
  knex: Knex;
  logger: LoggerService;
  permissions: PermissionsService;
  providers: ReadonlyMap<string, AgentProvider>;
  signals: SignalsService;
  /** Which groups users are in; absent where nobody asks. */
  userInfo?: UserInfoService;
}

/** Puts the stages together: launch, queue, runs, changes. */
export function createAgentTasks(options: AgentTasksOptions) {
  const { knex, clock, logger, permissions, config } = options;
  const wakeups = new Wakeups();
  const replicas = ReplicaWakeups.create({ knex, wakeups, logger });
  const feed = TaskFeed.create(options);
  const remotes = Remotes.create({
    ...options,
    store: DatabaseRemoteStore.create({ knex }),
    wakeups,
  });

  const events = DatabaseEventStore.create({ knex });
  const taskStore = DatabaseTaskStore.create({ knex, events });
  const queueStore = DatabaseQueueStore.create({ knex });
  const attempts = DatabaseAttemptStore.create({ knex });
  const changes = DatabaseChangeStore.create({ knex });
  const campaigns = DatabaseCampaignStore.create({ knex });
  const templateStore = DatabaseTemplateStore.create({ knex });
  const roundStore = DatabaseRoundStore.create({ knex });

  const brakeStore = DatabaseBrakeStore.create({ knex });
  const teamStores = {
    groups: DatabaseTeamGroupStore.create({ knex }),
    limits: DatabaseTeamLimitStore.create({ knex }),
    foreign: DatabaseForeignChangeStore.create({ knex }),
    version: DatabaseLimitVersionStore.create({ knex }),
  };
  const teamLimits = LimitSettingsReader.create({
    ...teamStores,
    config: limitsOfConfig(config.limits),
  });
  const throttleSettings = toThrottleSettings(config);
  const throttle = AccountThrottle.create({
    store: DatabaseThrottleStore.create({ knex }),
    settingsOf: ({ provider }) => ({
      ...throttleSettings,
      startsAtOnce:
        throttleSettings.startsAtOnce &&
        (remotes.provider(provider)?.capabilities.startsAtOnce ??
          throttleSettings.startsAtOnce),
    }),
    clock,
    freed: () => wakeups.wake('starts', 'admission'),
  });
  const intake = IntakeReader.create({
    knex,
    checks: config.limits.pendingChecks !== undefined,
  });
  const currentLimits = DefaultLimitReader.create({
    teams: teamLimits,
    throttle,
    attempts,
    intake,
  });
  const times = DatabaseMeasuredTimes.create({ knex, clock });
  const forecastStore = DatabaseForecastStore.create({ knex });
  const history = DatabaseQueueHistoryStore.create({ knex });
  const providerTitle = (id: string) => remotes.provider(id)?.title ?? id;
  const lines = DatabaseQueueLineReader.create({ knex });
  const holdOptions = {
    tasks: taskStore,
    lines,
    brakes: brakeStore,
    remotes,
    limits: currentLimits,
    forecasts: Forecasts.create({
      times,
      store: forecastStore,
      countBefore: task => countBefore(knex, task),
      clock,
    }),
    clock,
  };
  const holds = Holds.create(holdOptions);
  const common = {
    attempts,
    brakes: brakeStore,
    changes,
    clock,
    events,
    feed,
    logger,
    queue: queueStore,
    remotes,
    rounds: roundStore,
    tasks: taskStore,
    templates: templateStore,
    wakeups,
  };
  const hierarchy = TeamHierarchy.create({
    ...options,
    ...common,
    ...teamStores,
  });
  const foreignChanges = ForeignChangeWatcher.create({
    ...common,
    ...teamStores,
  });
  const reverts = RevertWatcher.create({
    ...common,
    reverts: DatabaseRevertStore.create({ knex }),
  });
  const reports = RunReports.create(common);
  const admission = Admission.create({ ...common, limits: currentLimits });
  const starter = Starter.create({
    ...common,
    reports,
    permits: StartPermits.create({ throttle, logger }),
    settings: {
      ...config.starts,
      startsAtOnce: config.backpressure.startsAtOnce ?? 100,
    },
    watchSeconds: config.watch.tasksSeconds,
  });
  const watcher = TaskWatcher.create({
    ...common,
    reports,
    settings: config.watch,
  });
  const tracker = ChangeTracker.create({
    ...common,
    reports: ChangeReports.create({
      ...common,
      reviewWaits: ReviewWaits.create({ ...common, limits: currentLimits }),
      settings: config.watch,
    }),
    offers: ChangeOffers.create({ ...common, settings: config.watch }),
    settings: config.watch,
  });
  const deadlines = DatabaseDeadlineStore.create({ knex });
  const deadlineWatcher = DeadlineWatcher.create({ ...common, deadlines });
  const stopper = Stopper.create({ ...common, reports });
  const reconciler = Reconciler.create(common);
  const sampler = QueueSampler.create({
    ...common,
    lines,
    history,
    times,
    forecasts: forecastStore,
  });
  const provisioner = TemplateProvisioner.create({
    ...options,
    events,
    templates: templateStore,
  });

  const planner = Planner.create({
    catalog: CallerCatalog.create(options),
    templates: templateStore,
    remotes,
  });
  const brakes = BrakeService.create({
    ...common,
    campaigns,
    permissions,
  });
  const templateService = TemplateService.create({ ...common, permissions });

  const campaignParts = createCampaigns({
    ...options,
    ...common,
    ...teamStores,
    campaigns,
    deadlines,
    times,
    runningMax: config.limits.running,
  });
  const launchService = DefaultLaunchService.create({
    ...common,
    ...campaignParts,
    hierarchy,
    planner,
    campaigns,
  });
  const triggerStore = DatabaseTriggerStore.create({ knex });
  const triggerRuns = DatabaseTriggerRunStore.create({ knex });
  const triggerScope = TriggerScope.create(options);
  const triggerScheduler = TriggerScheduler.create({
    ...common,
    triggers: triggerStore,
    runs: triggerRuns,
  });
  const triggerRunner = TriggerRunner.create({
    ...options,
    ...common,
    eventMaxAgeSeconds: config.triggers.eventMaxAgeSeconds,
    keepRunsDays: config.triggers.keepRunsDays,
    triggers: triggerStore,
    runs: triggerRuns,
    scope: triggerScope,
    launches: launchService,
  });
  const inbox = TriggerInbox.create({
    ...config.triggers,
    triggers: triggerStore,
    runs: triggerRuns,
    clock,
    wakeups,
  });

  const reader = DatabaseTaskReader.create({ knex, providerTitle });
  const taskService = AuthorizedTaskService.create({
    inner: DefaultTaskService.create({
      ...common,
      reader,
      running: DatabaseRunningTaskReader.create({
        knex,
        times,
        clock,
        providerTitle,
      }),
      starts: StartResolver.create({ ...common, reports }),
      retrier: TaskRetrier.create({ ...common, deadlines }),
      campaigns,
      holds,
    }),
    permissions,
  });
  const launches = AuthorizedLaunchService.create({
    inner: launchService,
    plans: PlanService.create({
      planner,
      forecasts: PlanForecasts.create(holdOptions),
    }),
    permissions,
  });

  const rounds: Record<
    | LoopName
    | 'templates'
    | 'counters'
    | 'deadlines'
    | 'teams'
    | 'foreign'
    | 'reverts'
    | 'samples',
    {
      everySeconds: number;
      /** All that a round begins, to its end. */
      run: (signal: AbortSignal) => Promise<void>;
      /** What the loop waits for before the next round; default: all of it. */
      loop?: (signal: AbortSignal) => Promise<void>;
    }
  > = {
    templates: {
      everySeconds: templatesSeconds,
      run: () => provisioner.round(),
    },
    admission: {
      everySeconds: safetyNetSeconds,
      run: async () => {
        await intake.refresh(clock.now());
        await admission.round();
      },
      // What is admitted starts at once, without a round of starts in between.
      loop: async signal => {
        await intake.refresh(clock.now());
        await admission.round({ starts: starter.prepare(), signal });
      },
    },
    starts: {
      everySeconds: dueSeconds,
      run: async signal => {
        await starter.round(signal);
        await starter.idle();
      },
      // Starts go on while the next ones are taken.
      loop: signal => starter.round(signal),
    },
    watch: { everySeconds: dueSeconds, run: signal => watcher.round(signal) },
    changes: {
      everySeconds: dueSeconds,
      run: signal => tracker.round(signal),
    },
    counters: {
      everySeconds: countersSeconds,
      run: () => reconciler.round(),
    },
    deadlines: {
      everySeconds: safetyNetSeconds,
      run: () => deadlineWatcher.round(),
    },
    stops: { everySeconds: dueSeconds, run: signal => stopper.round(signal) },
    teams: { everySeconds: safetyNetSeconds, run: () => hierarchy.round() },
    samples: { everySeconds: samplesSeconds, run: () => sampler.round() },
    triggers: {
      everySeconds: dueSeconds,
      run: async signal => {
        await triggerScheduler.round();
        await triggerRunner.round(signal);
      },
    },
    campaigns: {
      everySeconds: dueSeconds,
      run: () => campaignParts.watcher.round(),
    },
    foreign: {
      everySeconds: safetyNetSeconds,
      run: signal => foreignChanges.round(signal),
    },
    reverts: {
      everySeconds: revertsSeconds,
      run: signal => reverts.round(signal),
    },
  };
  const loops = Object.entries(rounds).map(([name, round]) => {
    const loop = Loop.create({
      name,
      intervalSeconds: round.everySeconds,
      round: round.loop ?? round.run,
      logger,
    });
    wakeups.on(name as LoopName, () => loop.wake());
    return loop;
  });

  return {
    teams: TeamService.create({
      ...common,
      ...teamStores,
      reader: teamLimits,
      hierarchy,
      teamTasks: DatabaseTeamTaskReader.create({ knex }),
      permissions,
      defaults: config.limits.team,
    }),
    taskStore,
    queueStore,
    reports,
    campaignStore: campaigns,
    brakes,
    queue: QueueService.create({
      tasks: taskStore,
      lines,
      brakes,
      remotes,
      history,
      forecasts: forecastStore,
      limits: currentLimits,
      accountHealth: () => throttle.health(),
      clock,
    }),
    tasks: taskService,
    campaigns: campaignParts.createService({ launches, taskService, reader }),
    inbox,
    triggers: TriggerService.create({
      ...common,
      triggers: triggerStore,
      runs: triggerRuns,
      runner: triggerRunner,
      scope: triggerScope,
      access: TriggerAccess.create(options),
      templates: templateStore,
      secrets: Object.keys(config.triggers.secrets),
    }),
    launches,
    templates: templateService,
    templateEditor: TemplateEditor.create({
      ...common,
      brakes,
      views: templateService,
      permissions,
    }),
    templatePreviews: TemplatePreviews.create({
      ...common,
      planner,
      permissions,
    }),
    audit: AuditService.create({
      reader: DatabaseAuditReader.create({ knex }),
      permissions,
    }),
    status: StatusService.create({
      remotes,
      tasks: taskStore,
      permissions,
      runningMax: config.limits.running,
      clock,
    }),

    /** One round of each loop, for those who drive them by hand. */
    rounds,

    async start(): Promise<void> {
      await replicas.start();
      for (const loop of loops) {
        loop.start();
      }
    },

    async stop(): Promise<void> {
      await Promise.all(loops.map(loop => loop.stop()));
      await starter.idle();
      await replicas.stop();
    },

    /** What a remote says of itself: a reason to look, nothing more. */
    onHint(hint: AgentTasksHint): void {
      const at = clock.now();
      const notice = async () => {
        switch (hint.type) {
          case 'change':
            await changes.makeDue(undefined, {
              globalId: hint.globalId,
              at,
              hint: true,
            });
            await foreignChanges.notice(hint.globalId);
            return 'changes';
          case 'changes':
            await changes.makeDue(undefined, {
              repository: stringifyRepositoryRef(hint.repository),
              headBranches: hint.headBranches,
              at,
              hint: true,
            });
            return 'changes';
          default:
            await Promise.all(
              remotes.providers.map(provider =>
                // Not at once: a busy CI tells of its workflows all the time, and one list serves all that happened since.
                roundStore.makeDue(
                  watchRound(provider.id),
                  new Date(at.getTime() + config.watch.hintsSeconds * 1000),
                ),
              ),
            );
            return 'watch';
        }
      };
      notice()
        .then(loop => wakeups.wake(loop))
        .catch(error => {
          // Polling finds what the hint was about.
          logger.debug(`A hint was not noticed: ${error}`);
        });
    },
  };
}
