import {
  agentTaskReadPermission,
  type BulkTaskResults,
  type Campaign,
  isSettled,
  type Task,
  type TaskListQuery,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { forwardRef, useId, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { agentTasksApiRef } from '../api';
import { repositoryName } from '../links/RepositoryLink';
import { useLiveResource } from '../live/useLiveResource';
import { describeError } from '../states/describeError';
import { ResourceView } from '../states/ResourceView';
import { Panel } from '../task/Panel';
import { EntityFilter } from '../tasks/EntityFilter';
import { Paging } from '../tasks/Paging';
import { StateFilter } from '../tasks/TaskFilters';
import { TaskTable } from '../tasks/TaskTable';
import { TaskTableSkeleton } from '../tasks/TaskTableSkeleton';
import {
  toTaskListQuery,
  useTaskListParameters,
} from '../tasks/useTaskListParameters';
import { agentTasksTranslationRef } from '../translation';
import { BulkDialog } from './BulkDialog';
import { type BulkAction, BulkResult } from './BulkResult';

/** As many as the backend does something to at once. */
const MOST_SELECTED = 1_000;

/** The largest page of the backend. */
const LARGEST_PAGE = 100;

const useStyles = makeStyles(
  theme => ({
    filters: {
      display: 'grid',
      gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
      alignItems: 'start',
      gap: theme.spacing(1.5),
      marginBottom: theme.spacing(1.5),
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: 36,
      marginBottom: theme.spacing(1),
      fontVariantNumeric: 'tabular-nums',
    },
    alert: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
  }),
  { name: 'AgentTasksCampaignTasks' },
);

/** The tasks of a campaign, one for each repository, with what can be done to many of them at once. */
export const CampaignTasks = forwardRef<
  HTMLDivElement,
  { campaign: Campaign; onChanged: () => void }
>(function CampaignTasksView(props, ref) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const { campaign } = props;
  const { parameters, setCursor, setLimit } = useTaskListParameters();
  const [search] = useSearchParams();
  const wave = Number(search.get('wave')) || undefined;
  const filter: TaskListQuery = {
    ...toTaskListQuery(parameters),
    campaign: [campaign.id],
    ...(wave !== undefined && { wave: [wave] }),
  };
  const list = useLiveResource({
    key: JSON.stringify(filter),
    load: signal => api.listTasks(filter, { signal }),
    isConcerned: (taskIds, value) =>
      !value ||
      taskIds.length === 0 ||
      value.items.some(task => taskIds.includes(task.id)),
    isUnsettled: value => value.items.some(task => !isSettled(task.state)),
    keepPrevious: true,
  });
  const bulk = useBulk({ filter, items: list.value?.items });
  const mayAct = campaign.can.cancel || campaign.can.approve;

  const finish = (action: BulkAction, results: BulkTaskResults) => {
    bulk.finish(action, results);
    list.refresh();
    props.onChanged();
  };

  return (
    <div ref={ref} tabIndex={-1} style={{ outline: 'none' }}>
      <Panel heading={t('campaign.tasks.heading')}>
        <TaskFilterRow campaign={campaign} wave={wave} />
        {mayAct && <BulkBar campaign={campaign} bulk={bulk} onDone={finish} />}
        {bulk.error && (
          <Alert severity="error" role="alert" className={classes.alert}>
            {t('campaign.bulk.failed', {
              message: describeError(bulk.error).message,
            })}
          </Alert>
        )}
        {bulk.done && (
          <BulkResult
            {...bulk.done}
            nameOf={bulk.nameOf}
            onClose={bulk.forget}
          />
        )}
        <ResourceView
          resource={list}
          what="tasks"
          permission={agentTaskReadPermission.name}
          skeleton={<TaskTableSkeleton />}
        >
          {({ items, nextCursor, previousCursor }) =>
            items.length === 0 && !list.isPrevious ? (
              <Typography variant="body2" color="textSecondary" role="status">
                {t('campaign.tasks.empty')}
              </Typography>
            ) : (
              <>
                <TaskTable
                  tasks={items}
                  isStale={list.isPrevious}
                  hiddenColumns={['requester']}
                  selection={
                    mayAct
                      ? { selected: bulk.selected, onToggle: bulk.toggle }
                      : undefined
                  }
                />
                <Paging
                  nextCursor={nextCursor}
                  previousCursor={previousCursor}
                  isFirst={!parameters.cursor}
                  limit={parameters.limit}
                  onCursor={setCursor}
                  onLimit={setLimit}
                />
              </>
            )
          }
        </ResourceView>
      </Panel>
    </div>
  );
});

function TaskFilterRow(props: {
  campaign: Campaign;
  wave: number | undefined;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const { campaign, wave } = props;
  const { parameters, setFilters } = useTaskListParameters();
  const [, setSearch] = useSearchParams();
  return (
    <div
      role="search"
      aria-label={t('campaign.tasks.filters')}
      className={classes.filters}
    >
      <StateFilter
        value={parameters.filters.state}
        onChange={state => setFilters({ state })}
      />
      <EntityFilter
        label={t('filter.team')}
        kind="Group"
        value={parameters.filters.team}
        onChange={team => setFilters({ team })}
      />
      {campaign.waves.length > 1 && (
        <TextField
          id={id}
          select
          SelectProps={{ native: true }}
          label={t('campaign.tasks.wave')}
          value={wave ?? ''}
          onChange={event => {
            const { value } = event.target;
            setSearch(before => {
              const next = new URLSearchParams(before);
              next.delete('cursor');
              next.delete('wave');
              if (value) {
                next.set('wave', value);
              }
              return next;
            });
          }}
          InputLabelProps={{ shrink: true, htmlFor: id }}
          variant="outlined"
          size="small"
        >
          <option value="">{t('campaign.tasks.allWaves')}</option>
          {campaign.waves.map(({ number }) => (
            <option key={number} value={number}>
              {number}
            </option>
          ))}
        </TextField>
      )}
    </div>
  );
}

type Bulk = ReturnType<typeof useBulk>;

function BulkBar(props: {
  campaign: Campaign;
  bulk: Bulk;
  onDone: (action: BulkAction, results: BulkTaskResults) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const { bulk } = props;
  const { can, priority } = props.campaign;
  const [asked, setAsked] = useState<BulkAction>();
  const count = bulk.selected.size;
  const actions: BulkAction[] = [
    ...(can.cancel ? (['cancel', 'retry'] as const) : []),
    ...(can.approve ? (['priority'] as const) : []),
  ];
  return (
    <div
      role="group"
      aria-label={t('campaign.tasks.actions')}
      className={classes.bar}
    >
      <span role="status">
        {t('campaign.tasks.selected', { count })}
        {bulk.isCut &&
          ` · ${t('campaign.tasks.selectAllMost', { number: String(MOST_SELECTED) })}`}
      </span>
      <Button size="small" disabled={bulk.isBusy} onClick={bulk.selectAll}>
        {bulk.isBusy
          ? t('campaign.tasks.selectAllBusy')
          : t('campaign.tasks.selectAll')}
      </Button>
      {count > 0 && (
        <Button size="small" onClick={bulk.selectNone}>
          {t('campaign.tasks.selectNone')}
        </Button>
      )}
      {actions.map(action => (
        <Button
          key={action}
          size="small"
          variant="outlined"
          disabled={count === 0}
          aria-haspopup="dialog"
          onClick={() => setAsked(action)}
        >
          {t(`campaign.bulk.${action}`)}
        </Button>
      ))}
      {asked && (
        <BulkDialog
          action={asked}
          count={count}
          priority={priority}
          perform={choice =>
            api.bulkTasks({ ...choice, tasks: [...bulk.selected] })
          }
          onClose={() => setAsked(undefined)}
          onDone={results => {
            setAsked(undefined);
            props.onDone(asked, results);
          }}
        />
      )}
    </div>
  );
}

/** Which tasks are chosen, and what came of the last action on them. */
function useBulk(options: {
  filter: TaskListQuery;
  items: Task[] | undefined;
}) {
  const api = useApi(agentTasksApiRef);
  const { filter, items } = options;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const [isCut, setCut] = useState(false);
  const [error, setError] = useState<Error>();
  const [done, setDone] = useState<{
    action: BulkAction;
    results: BulkTaskResults;
  }>();
  // A task that was chosen may be on another page by the time that something is to be said of it.
  const names = useRef(new Map<string, string>());
  const remember = (tasks: Task[]) =>
    tasks.forEach(task =>
      names.current.set(
        task.id,
        repositoryName({ repositoryRef: task.repository.ref }),
      ),
    );
  remember(items ?? []);

  const selectAll = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.listTasks({
          ...filter,
          limit: LARGEST_PAGE,
          cursor,
        });
        remember(page.items);
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor && ids.length < MOST_SELECTED);
      setCut(cursor !== undefined || ids.length > MOST_SELECTED);
      setSelected(new Set(ids.slice(0, MOST_SELECTED)));
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setBusy(false);
    }
  };

  return {
    selected,
    isBusy,
    isCut,
    error,
    done,
    nameOf: (taskId: string) => names.current.get(taskId) ?? taskId,
    toggle: (taskIds: string[], isSelected: boolean) => {
      setCut(false);
      setSelected(before => {
        const next = new Set(before);
        taskIds.forEach(id => (isSelected ? next.add(id) : next.delete(id)));
        return next;
      });
    },
    selectAll,
    selectNone: () => {
      setCut(false);
      setSelected(new Set());
    },
    finish: (action: BulkAction, results: BulkTaskResults) => {
      setDone({ action, results });
      setSelected(new Set());
      setCut(false);
    },
    forget: () => setDone(undefined),
  };
}
