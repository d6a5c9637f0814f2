import type { JSX } from 'react';

/** One of the pages that Agent Tasks consists of. */
export interface SubPage {
  /** Its name in the address, and of its extension. */
  path: string;
  /** Its title, before translation. */
  title:
    | 'tasks'
    | 'launch'
    | 'campaigns'
    | 'queue'
    | 'teams'
    | 'templates'
    | 'audit'
    | 'triggers';
  loader: () => Promise<JSX.Element>;
}

/** The sub-pages in the order of their tabs; both frontend systems are built from this list. */
export const subPages: SubPage[] = [
  {
    path: 'tasks',
    title: 'tasks',
    loader: () =>
      import('./tasks/TasksSubPage').then(module => <module.TasksSubPage />),
  },
  {
    path: 'launch',
    title: 'launch',
    loader: () =>
      import('./launch/LaunchPage').then(module => <module.LaunchPage />),
  },
  {
    path: 'campaigns',
    title: 'campaigns',
    loader: () =>
      import('./campaigns/CampaignsSubPage').then(module => (
        <module.CampaignsSubPage />
      )),
  },
  {
    path: 'queue',
    title: 'queue',
    loader: () =>
      import('./queue/QueuePage').then(module => <module.QueuePage />),
  },
  {
    path: 'teams',
    title: 'teams',
    loader: () =>
      import('./team/TeamsSubPage').then(module => <module.TeamsSubPage />),
  },
  {
    path: 'templates',
    title: 'templates',
    loader: () =>
      import('./templates/TemplatesSubPage').then(module => (
        <module.TemplatesSubPage />
      )),
  },
  {
    path: 'triggers',
    title: 'triggers',
    loader: () =>
      import('./triggers/TriggersSubPage').then(module => (
        <module.TriggersSubPage />
      )),
  },
  {
    path: 'audit',
    title: 'audit',
    loader: () =>
      import('./audit/AuditPage').then(module => <module.AuditPage />),
  },
];
