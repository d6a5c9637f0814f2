import type {
  Exclusion,
  Plan,
  PlannedTask,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { memo, type ReactNode, useId, useMemo, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { EntityLink } from '../links/EntityLink';
import { repositoryName } from '../links/RepositoryLink';
import { TeamLink } from '../links/TeamLink';
import { Pages } from '../queue/Pages';
import { describeError } from '../states/describeError';
import { PromptText } from '../task/PromptText';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { PlannedTaskDetails } from './PlannedTaskDetails';
import type { MadePlan } from './useLivePlan';

const ROWS_PER_PAGE = 10;

const useStyles = makeStyles(
  theme => ({
    group: { marginBottom: theme.spacing(2) },
    heading: {
      display: 'flex',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      margin: theme.spacing(0, 0, 0.5),
      fontSize: theme.typography.body2.fontSize,
      fontWeight: 600,
      fontVariantNumeric: 'tabular-nums',
    },
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      borderTop: `1px solid ${theme.palette.divider}`,
      '& > li': {
        padding: theme.spacing(0.75, 0),
        borderBottom: `1px solid ${theme.palette.divider}`,
        overflowWrap: 'anywhere',
      },
    },
    head: {
      display: 'flex',
      alignItems: 'flex-start',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
    },
    button: { minWidth: 0, flex: 'none', padding: theme.spacing(0, 1) },
    note: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
    },
    details: { padding: theme.spacing(1, 0) },
    reasons: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5),
      marginBottom: theme.spacing(1),
    },
    alert: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
    warnings: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'AgentTasksPlanGroups' },
);

/** What starts now, what waits, and what is left out, one row for each repository or component. */
export const PlanGroups = memo(function PlanGroupsView(props: {
  made: MadePlan;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { made } = props;
  const { plan } = made;
  const { starting, waiting } = useMemo(
    () => ({
      starting: plan.tasks.filter(task => task.willStart),
      waiting: plan.tasks.filter(task => !task.willStart),
    }),
    [plan],
  );
  const { summary } = plan;
  return (
    <>
      {plan.warnings.length > 0 && (
        <Alert severity="warning" className={classes.alert}>
          <AlertTitle>{t('launch.plan.warnings')}</AlertTitle>
          <ul className={classes.warnings}>
            {plan.warnings.map(warning => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Group
        heading={t('launchPage.plan.starting')}
        count={summary.willStart}
        none={t('launchPage.plan.noneStarting')}
      >
        <TaskRows
          label={t('launchPage.plan.starting')}
          tasks={starting}
          made={made}
        />
      </Group>
      <Group
        heading={t('launchPage.plan.waiting')}
        count={summary.willWait}
        none={t('launchPage.plan.noneWaiting')}
      >
        <TaskRows
          label={t('launchPage.plan.waiting')}
          tasks={waiting}
          made={made}
        />
      </Group>
      {summary.tasks > plan.tasks.length && (
        <Typography variant="body2" className={classes.note} gutterBottom>
          {t('launchPage.plan.unlisted', {
            count: summary.tasks - plan.tasks.length,
          })}
        </Typography>
      )}
      <Group
        heading={t('launchPage.plan.excluded')}
        count={summary.excluded}
        none={t('launchPage.plan.noneExcluded')}
      >
        <ExclusionRows plan={plan} />
      </Group>
    </>
  );
});

function Group(props: {
  heading: string;
  count: number;
  none: string;
  children: ReactNode;
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.group}>
      <h4 id={id} className={classes.heading}>
        <span>{props.heading}</span> <span>{props.count}</span>
      </h4>
      {props.count === 0 ? (
        <Typography variant="body2" className={classes.note}>
          {props.none}
        </Typography>
      ) : (
        props.children
      )}
    </section>
  );
}

function TaskRows(props: {
  label: string;
  tasks: PlannedTask[];
  made: MadePlan;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { label, made } = props;
  return (
    <Pages
      label={t('launchPage.plan.pagesOf', { group: label })}
      items={props.tasks}
      perPage={ROWS_PER_PAGE}
    >
      {tasks => (
        <ul className={classes.list} aria-label={label}>
          {tasks.map(task => (
            <TaskRow
              key={`${task.repository.ref} ${task.team} ${task.components[0]?.entityRef}`}
              task={task}
              made={made}
            />
          ))}
        </ul>
      )}
    </Pages>
  );
}

function TaskRow(props: { task: PlannedTask; made: MadePlan }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { task, made } = props;
  const name = repositoryName({ repositoryRef: task.repository.ref });
  const hasWaves = made.plan.summary.waves.length > 1;
  return (
    <li>
      <div className={classes.head}>
        <div>
          <strong>{name}</strong>{' '}
          <span className={classes.note}>
            <TeamLink team={task.team} />
            {' · '}
            {t('launchPage.plan.components', { count: task.components.length })}
            {hasWaves &&
              ` · ${t('launchPage.plan.wave', { number: String(task.wave) })}`}
          </span>
        </div>
        <Button
          size="small"
          className={classes.button}
          aria-expanded={isOpen}
          aria-controls={id}
          aria-label={t('launchPage.plan.detailsOf', { repository: name })}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? t('action.showLess') : t('timeline.details')}
        </Button>
      </div>
      {task.hold && !isOpen && (
        <div className={classes.note}>
          {task.hold.message}{' '}
          {task.hold.expectedStart?.at && (
            <>
              {t('launchPage.plan.startsAbout', {
                time: <RelativeTime at={task.hold.expectedStart.at} />,
              })}
            </>
          )}
        </div>
      )}
      <div id={id} hidden={!isOpen} className={classes.details}>
        {isOpen && (
          <PlannedTaskDetails
            task={task}
            plan={made.plan}
            withoutPrompt={<LatePrompt task={task} made={made} />}
          />
        )}
      </div>
    </li>
  );
}

/** The prompt of a task for which the plan brought none: asked for when somebody wants to read it. */
function LatePrompt(props: { task: PlannedTask; made: MadePlan }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const { task, made } = props;
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const [found, setFound] = useState<PlannedTask>();

  const ask = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { tasks } = await api.plan({
        ...made.request,
        promptsFor: [task.repository.ref],
      });
      const same = tasks.find(
        one =>
          one.repository.ref === task.repository.ref && one.team === task.team,
      );
      if (!same?.prompt) {
        throw new Error(t('launchPage.plan.promptGone'));
      }
      setFound(same);
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setBusy(false);
    }
  };

  if (found?.prompt) {
    return <PromptText prompt={found.prompt} />;
  }
  return (
    <>
      {error && (
        <Alert severity="error">
          {t('launch.planFailed', { message: describeError(error).message })}
        </Alert>
      )}
      <Button size="small" variant="outlined" disabled={isBusy} onClick={ask}>
        {t('launchPage.plan.showPrompt')}
      </Button>
    </>
  );
}

function ExclusionRows(props: { plan: Plan }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { excluded, summary } = props.plan;
  const [reason, setReason] = useState<Exclusion['reason']>();
  const isKnown = summary.byReason.some(one => one.reason === reason);
  const shown = useMemo(
    () => (isKnown ? excluded.filter(one => one.reason === reason) : excluded),
    [excluded, isKnown, reason],
  );
  return (
    <>
      {summary.byReason.length > 1 && (
        <div
          role="group"
          aria-label={t('launchPage.plan.byReason')}
          className={classes.reasons}
        >
          {summary.byReason.map(one => (
            <Button
              key={one.reason}
              size="small"
              variant={one.reason === reason ? 'contained' : 'outlined'}
              aria-pressed={one.reason === reason}
              onClick={() =>
                setReason(one.reason === reason ? undefined : one.reason)
              }
            >
              {t(`launchPage.reason.${one.reason}`)} ({one.count})
            </Button>
          ))}
        </div>
      )}
      <Pages
        label={t('launchPage.plan.pagesOf', {
          group: t('launchPage.plan.excluded'),
        })}
        items={shown}
        perPage={ROWS_PER_PAGE}
      >
        {rows => (
          <ul
            className={classes.list}
            aria-label={t('launchPage.plan.excluded')}
          >
            {rows.map(one => (
              <li key={one.component}>
                <EntityLink entityRef={one.component} />
                <div>{one.message}</div>
                <div className={classes.note}>
                  {t('launch.plan.remedy', { remedy: one.remedy })}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Pages>
      {summary.excluded > excluded.length && (
        <Typography variant="body2" className={classes.note}>
          {t('launchPage.plan.unlistedExcluded', {
            count: summary.excluded - excluded.length,
          })}
        </Typography>
      )}
    </>
  );
}
