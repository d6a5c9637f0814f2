import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { agentTasksTranslationRef } from '../translation';
import type { Missing, useLaunchPage } from './useLaunchPage';

/** Of what is missing so much is said at once. */
const MOST_MISSING = 3;

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'sticky',
      bottom: 0,
      // There the navigation of Backstage lies over the lowest part of the page.
      [theme.breakpoints.down('xs')]: { bottom: 56 },
      zIndex: theme.zIndex.appBar - 1,
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 3),
      padding: theme.spacing(1.5, 2),
      marginTop: theme.spacing(2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.paper,
    },
    words: {
      flex: '1 1 240px',
      minWidth: 0,
      fontVariantNumeric: 'tabular-nums',
      overflowWrap: 'anywhere',
    },
    progress: { marginRight: theme.spacing(1) },
  }),
  { name: 'AgentTasksLaunchBar' },
);

type Launch = Pick<
  ReturnType<typeof useLaunchPage>,
  | 'live'
  | 'missing'
  | 'canLaunch'
  | 'isLaunching'
  | 'isOutdated'
  | 'launch'
  | 'review'
  | 'parameters'
>;

/** The button that launches and says what it does, beside what is missing or what the plan amounts to. */
export function LaunchBar(props: { launch: Launch }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const { launch } = props;
  return (
    <div className={classes.root}>
      <div id={id} role="status" className={classes.words}>
        <PlanWords launch={launch} />
      </div>
      {launch.isOutdated ? (
        <Button
          variant="contained"
          color="primary"
          disabled={launch.live.isPlanning}
          onClick={launch.review}
        >
          {t('launch.reviewNew')}
        </Button>
      ) : (
        <Button
          variant="contained"
          color="primary"
          disabled={!launch.canLaunch}
          aria-describedby={id}
          onClick={launch.launch}
        >
          {launch.isLaunching && (
            <CircularProgress
              size={16}
              color="inherit"
              className={classes.progress}
              aria-hidden="true"
            />
          )}
          <ButtonWords launch={launch} />
        </Button>
      )}
    </div>
  );
}

function ButtonWords(props: { launch: Launch }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { launch } = props;
  const { made, isCurrent } = launch.live;
  const tasks = made?.plan.summary.tasks ?? 0;
  if (launch.isLaunching) {
    return <>{t('launch.submitting')}</>;
  }
  if (!made || !isCurrent || tasks === 0) {
    return <>{t('launchPage.submitNothing')}</>;
  }
  if (launch.parameters.campaign) {
    return <>{t('launchPage.submitAdd', { count: tasks })}</>;
  }
  const waves = made.plan.summary.waves.length;
  return waves > 1 ? (
    <>{t('launchPage.submitWaves', { count: tasks, waves: String(waves) })}</>
  ) : (
    <>{t('launch.submit', { count: tasks })}</>
  );
}

function PlanWords(props: { launch: Launch }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { missing, live } = props.launch;
  const describe = (one: Missing): string => {
    switch (one.kind) {
      case 'field':
        return t('launchPage.missing.field', one.problem);
      case 'waves':
        return t('launchPage.missing.waves', {
          message: t(`launchPage.wavesProblem.${one.problem}`),
        });
      default:
        return t(`launchPage.missing.${one.kind}`);
    }
  };
  if (missing.length > 0) {
    return <>{missing.slice(0, MOST_MISSING).map(describe).join(' ')}</>;
  }
  if (live.isPlanning) {
    return <>{t('launchPage.plan.planning')}</>;
  }
  const { made, isCurrent } = live;
  if (!made || !isCurrent) {
    return null;
  }
  const { summary } = made.plan;
  if (summary.tasks === 0) {
    return <>{t('launchPage.missing.nothing')}</>;
  }
  return (
    <>
      {[
        `${t('launchPage.plan.summary', { count: summary.tasks })} ${t(
          'launchPage.plan.onRepositories',
          { count: summary.repositories },
        )}`,
        t('launchPage.plan.startNow', { number: String(summary.willStart) }),
        t('launchPage.plan.wait', { number: String(summary.willWait) }),
        t('launchPage.plan.leftOut', { count: summary.excluded }),
      ].join(' · ')}
    </>
  );
}
