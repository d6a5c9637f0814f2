import {
  agentTaskTemplateReadPermission,
  type Template,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { templatesRouteRef } from '../routes';
import { describeError } from '../states/describeError';
import { ResourceView } from '../states/ResourceView';
import { Panel } from '../task/Panel';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import { agentTasksTranslationRef } from '../translation';
import { RevisionComparison } from './RevisionComparison';
import { RevisionTable } from './RevisionTable';
import { RevisionTrails } from './RevisionTrails';
import { TemplateButtons } from './TemplateButtons';
import { TemplateFacts } from './TemplateFacts';
import { TemplateFigures } from './TemplateFigures';
import { TemplateNotFound } from './TemplateNotFound';
import { ReadOnlyNote, TemplateStateNotes } from './TemplateNotes';
import { TemplateParameters } from './TemplateParameters';
import { TemplatePrompt } from './TemplatePrompt';
import { stateOfTemplate } from './templateState';
import { TemplateStateLabel } from './TemplateStateLabel';
import { useComparedRevisions } from './useComparedRevisions';
import {
  type TemplateNews,
  useMayManageTemplates,
  useTemplateActions,
} from './useTemplateActions';

const useStyles = makeStyles(
  theme => ({
    back: { display: 'inline-block', marginBottom: theme.spacing(1) },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
      overflowWrap: 'anywhere',
    },
    text: { maxWidth: 800, margin: theme.spacing(0.5, 0, 1.5) },
    note: { margin: theme.spacing(2, 0) },
    body: { marginTop: theme.spacing(2) },
    columns: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
      alignItems: 'start',
      gap: theme.spacing(0, 2),
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
  }),
  { name: 'AgentTasksTemplatePage' },
);

/** One template: what it does, what became of its tasks by revision, and how its revisions differ. */
export function TemplatePage() {
  const { templateName = '' } = useParams();
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const toTemplates = useRouteRef(templatesRouteRef);
  const resource = useLiveResource({
    key: templateName,
    load: signal => api.getTemplate(templateName, { signal }),
    isConcerned: () => false,
  });
  return (
    <>
      <Link to={toTemplates()} className={classes.back}>
        ← {t('templates.page.back')}
      </Link>
      <ResourceView
        resource={resource}
        what="template"
        permission={agentTaskTemplateReadPermission.name}
        skeleton={<TemplatePageSkeleton />}
        renderError={error =>
          describeError(error).status === 404 ? (
            <TemplateNotFound name={templateName} />
          ) : undefined
        }
      >
        {template => (
          <TemplateView
            key={template.name}
            template={template}
            onChanged={resource.refresh}
          />
        )}
      </ResourceView>
    </>
  );
}

function TemplateView(props: { template: Template; onChanged: () => void }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { template, onChanged } = props;
  const [news, setNews] = useState<TemplateNews>();
  const { mayManage } = useMayManageTemplates();
  const { entriesOf, dialog } = useTemplateActions({
    onDone: done => {
      setNews(done);
      onChanged();
    },
  });
  return (
    <>
      <div className={classes.head}>
        <Typography variant="h5" component="h2">
          {template.title}
        </Typography>
        <TemplateStateLabel state={stateOfTemplate(template)} />
      </div>
      {template.description && (
        <Typography variant="body2" className={classes.text}>
          {template.description}
        </Typography>
      )}
      <TemplateButtons entries={entriesOf(template)} />
      {news && (
        <Alert
          severity="success"
          role="status"
          className={classes.note}
          closeText={t('action.close')}
          onClose={() => setNews(undefined)}
        >
          {t(`templates.${news.action}.done`, { template: news.title })}
        </Alert>
      )}
      <div className={classes.body}>
        <TemplateStateNotes template={template} />
        {template.origin === 'catalog' && (
          <ReadOnlyNote template={template} mayDuplicate={mayManage} />
        )}
        <div className={classes.columns}>
          <div>
            <Revisions template={template} />
            <Panel heading={t('templates.page.prompt')}>
              <TemplatePrompt prompt={template.prompt} />
            </Panel>
          </div>
          <div>
            <Panel heading={t('templates.page.figures')}>
              <TemplateFigures statistics={template.statistics} />
            </Panel>
            <Panel heading={t('templates.page.about')}>
              <TemplateFacts template={template} />
            </Panel>
            <Panel heading={t('templates.page.parameters')}>
              <TemplateParameters parameters={template.parameters} />
            </Panel>
          </div>
        </div>
      </div>
      {dialog}
    </>
  );
}

/** All revisions with what became of their tasks, and the difference between two of them. */
function Revisions(props: { template: Template }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const { template } = props;
  const compared = useComparedRevisions();
  const resource = useLiveResource({
    key: `${template.name} ${template.revision}`,
    load: signal => api.listTemplateRevisions(template.name, { signal }),
    isConcerned: () => false,
    keepPrevious: true,
  });
  return (
    <ResourceView
      resource={resource}
      what="revisions"
      permission={agentTaskTemplateReadPermission.name}
      skeleton={<TaskTableSkeleton rows={4} />}
    >
      {({ items }) => (
        <>
          <Panel heading={t('templates.page.revisions')}>
            <RevisionTrails revisions={items} />
            <RevisionTable revisions={items} onCompare={compared.choose} />
          </Panel>
          <Panel heading={t('templates.page.compare')}>
            <RevisionComparison
              template={template.name}
              revisions={items}
              compared={compared}
            />
          </Panel>
        </>
      )}
    </ResourceView>
  );
}

function TemplatePageSkeleton() {
  const classes = useStyles();
  return (
    <div aria-hidden="true">
      <Skeleton variant="text" width="30%" height={40} />
      <Skeleton variant="text" width="60%" />
      <div className={classes.columns}>
        <div>
          <Skeleton variant="rect" height={240} />
          <Skeleton variant="rect" height={320} style={{ marginTop: 16 }} />
        </div>
        <div>
          <Skeleton variant="rect" height={180} />
          <Skeleton variant="rect" height={280} style={{ marginTop: 16 }} />
        </div>
      </div>
    </div>
  );
}
