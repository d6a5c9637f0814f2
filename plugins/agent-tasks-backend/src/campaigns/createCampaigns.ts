import {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { EventStore } from '../audit/EventStore';
import { LaunchedTasks } from '../launch/LaunchedTasks';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { AuthorizedLaunchService } from '../permissions/AuthorizedLaunchService';
import { BrakeStore } from '../queue/BrakeStore';
import { MeasuredTimes } from '../queue/MeasuredTimes';
import { TaskFeed } from '../queue/TaskFeed';
import { TaskReader } from '../queue/TaskReader';
import { TaskService } from '../queue/TaskService';
import { TaskStore } from '../queue/TaskStore';
import { DeadlineStore } from '../runs/DeadlineStore';
import { TeamGroupStore } from '../teams/TeamGroupStore';
import { TemplateStore } from '../templates/TemplateStore';
import { BurndownReader } from './BurndownReader';
import { CampaignAccess } from './CampaignAccess';
import { CampaignService } from './CampaignService';
import { CampaignStore } from './CampaignStore';
import { CampaignView } from './CampaignView';
import { CampaignWatcher } from './CampaignWatcher';
import { DatabaseCampaignLister } from './DatabaseCampaignLister';
import { DatabaseCampaignProgressStore } from './DatabaseCampaignProgressStore';
import { DatabaseCampaignTaskReader } from './DatabaseCampaignTaskReader';
import { DatabaseHeldTaskStore } from './DatabaseHeldTaskStore';
import { DatabasePriorityStore } from './DatabasePriorityStore';
import { HeldTasks } from './HeldTasks';
import { TaskActions } from './TaskActions';

/** Puts together what campaigns are made of. */
export function createCampaigns(options: {
  knex: Knex;
  campaigns: CampaignStore;
  tasks: TaskStore;
  templates: TemplateStore;
  brakes: BrakeStore;
  events: EventStore;
  deadlines: DeadlineStore;
  groups: TeamGroupStore;
  times: MeasuredTimes;
  permissions: PermissionsService;
  /** Run slots of the whole portal. */
  runningMax: number;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
  logger: LoggerService;
}) {
  const { knex, campaigns, tasks, feed } = options;
  const progress = DatabaseCampaignProgressStore.create({ knex });
  const view = CampaignView.create({
    ...options,
    progress,
    burndowns: BurndownReader.create({ knex }),
  });
  const watcher = CampaignWatcher.create({
    ...options,
    progress,
    view,
    held: HeldTasks.create({
      ...options,
      store: DatabaseHeldTaskStore.create({ knex }),
    }),
  });
  feed.onPublish(ids => watcher.notice(ids));
  return {
    view,
    watcher,
    launched: LaunchedTasks.create(options),
    createService: (services: {
      launches: Pick<AuthorizedLaunchService, 'addComponents'>;
      taskService: Pick<TaskService, 'retry'>;
      reader: TaskReader;
    }) =>
      CampaignService.create({
        ...options,
        ...services,
        access: CampaignAccess.create(options),
        progress,
        view,
        watcher,
        lister: DatabaseCampaignLister.create({ knex }),
        actions: TaskActions.create({
          ...options,
          priorities: DatabasePriorityStore.create(options),
        }),
        tasks: DatabaseCampaignTaskReader.create({ knex }),
        store: tasks,
        campaigns,
      }),
  };
}
