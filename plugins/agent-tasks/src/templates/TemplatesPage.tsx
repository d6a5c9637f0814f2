import {
  agentTaskTemplateManagePermission,
  agentTaskTemplateReadPermission,
  type Template,
} from '@agent-tasks/plugin-agent-tasks-common';
import { LinkButton } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { Pages } from '../queue/Pages';
import { newTemplateRouteRef } from '../routes';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { Panel } from '../task/Panel';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import { agentTasksTranslationRef } from '../translation';
import { stateOfTemplate } from './templateState';
import { TemplatesTable } from './TemplatesTable';
import {
  type TemplateNews,
  useMayManageTemplates,
  useTemplateActions,
} from './useTemplateActions';

const TEMPLATES_PER_PAGE = 25;

/** From so many on, one looks for a template by its name. */
const SEARCH_FROM = 10;

const filters = ['inUse', 'active', 'paused', 'archived'] as const;
type Filter = (typeof filters)[number];

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
      marginBottom: theme.spacing(2),
    },
    forbidden: { maxWidth: 520, textAlign: 'right' },
    choice: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 2),
      marginBottom: theme.spacing(1),
    },
    filters: {
      flexWrap: 'wrap',
      '& button': {
        textTransform: 'none',
        padding: theme.spacing(0.5, 1.25),
        color: theme.palette.text.primary,
        '&.Mui-selected': {
          color: theme.palette.text.primary,
          fontWeight: 600,
        },
      },
    },
    search: { width: 240 },
    news: { marginBottom: theme.spacing(2) },
    note: { marginTop: theme.spacing(1) },
  }),
  { name: 'AgentTasksTemplatesPage' },
);

function isOf(filter: Filter, template: Template): boolean {
  const state = stateOfTemplate(template);
  return filter === 'inUse' ? state !== 'archived' : state === filter;
}

/** All templates with what became of their tasks, the most used first. */
export function TemplatesPage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const resource = useLiveResource({
    key: 'templates',
    load: signal => api.listTemplates({ archived: true, signal }),
    // Figures of 60 days do not change with every task.
    isConcerned: () => false,
  });
  const [news, setNews] = useState<TemplateNews>();
  const { entriesOf, dialog } = useTemplateActions({
    onDone: done => {
      setNews(done);
      resource.refresh();
    },
  });
  return (
    <>
      <div className={classes.head}>
        <Typography variant="h5" component="h2">
          {t('templates.heading')}
        </Typography>
        <NewTemplate />
      </div>
      {news && (
        <Alert
          severity="success"
          role="status"
          className={classes.news}
          closeText={t('action.close')}
          onClose={() => setNews(undefined)}
        >
          {t(`templates.${news.action}.done`, { template: news.title })}
        </Alert>
      )}
      <ResourceView
        resource={resource}
        what="templates"
        permission={agentTaskTemplateReadPermission.name}
        skeleton={<TaskTableSkeleton rows={6} />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <ProblemPanel
              role="status"
              title={t('templates.empty')}
              lines={[t('templates.emptyText')]}
            />
          ) : (
            <FoundTemplates templates={items} entriesOf={entriesOf} />
          )
        }
      </ResourceView>
      {dialog}
    </>
  );
}

/** The way to write a template, or who may. */
function NewTemplate() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const toNew = useRouteRef(newTemplateRouteRef);
  const { isKnown, mayManage } = useMayManageTemplates();
  if (!isKnown) {
    return null;
  }
  return mayManage ? (
    <LinkButton to={toNew()} variant="contained" color="primary">
      {t('templates.new')}
    </LinkButton>
  ) : (
    <Typography
      variant="caption"
      component="p"
      color="textSecondary"
      className={classes.forbidden}
    >
      {t('templates.newForbidden', {
        permission: agentTaskTemplateManagePermission.name,
      })}
    </Typography>
  );
}

function FoundTemplates(props: {
  templates: Template[];
  entriesOf: ReturnType<typeof useTemplateActions>['entriesOf'];
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const [parameters, setParameters] = useSearchParams();
  const [text, setText] = useState('');
  // The field answers at once, and the table follows.
  const wanted = useDeferredValue(text).trim().toLowerCase();
  const { templates, entriesOf } = props;
  const asked = parameters.get('state');
  const filter = filters.find(one => one === asked) ?? 'inUse';
  const found = useMemo(
    () =>
      templates
        .filter(
          template =>
            isOf(filter, template) &&
            [template.title, template.name, template.type].some(one =>
              one.toLowerCase().includes(wanted),
            ),
        )
        .sort(
          (one, other) =>
            other.statistics.tasks - one.statistics.tasks ||
            one.title.localeCompare(other.title),
        ),
    [templates, filter, wanted],
  );
  return (
    <Panel heading={t('templates.table')}>
      <div className={classes.choice}>
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label={t('templates.filter.label')}
          className={classes.filters}
          value={filter}
          onChange={(_, chosen: Filter | null) => {
            // A click on what is chosen already chooses nothing.
            if (chosen) {
              setParameters(chosen === 'inUse' ? {} : { state: chosen }, {
                replace: true,
              });
            }
          }}
        >
          {filters.map(one => (
            <ToggleButton key={one} value={one}>
              {t(`templates.filter.${one}`, {
                number: String(
                  templates.filter(template => isOf(one, template)).length,
                ),
              })}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {templates.length > SEARCH_FROM && (
          <TextField
            id={id}
            label={t('templates.search')}
            type="search"
            value={text}
            onChange={event => setText(event.target.value)}
            variant="outlined"
            size="small"
            className={classes.search}
          />
        )}
      </div>
      {found.length === 0 ? (
        <p role="status">{t('templates.noMatch')}</p>
      ) : (
        <Pages
          key={`${filter} ${wanted}`}
          label={t('templates.pages')}
          items={found}
          perPage={TEMPLATES_PER_PAGE}
        >
          {shown => <TemplatesTable templates={shown} entriesOf={entriesOf} />}
        </Pages>
      )}
      <Typography
        variant="caption"
        component="p"
        color="textSecondary"
        className={classes.note}
      >
        {t('templates.tableNote')}
      </Typography>
    </Panel>
  );
}
