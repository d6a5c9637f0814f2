import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { JsonObject } from '@backstage/types';
import Button from '@material-ui/core/Button';
import Drawer from '@material-ui/core/Drawer';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { lazy, Suspense, useEffect, useId, useMemo, useRef } from 'react';
import { EntityLink } from '../links/EntityLink';
import { describeError } from '../states/describeError';
import { agentTasksTranslationRef } from '../translation';
import { LaunchedTasks } from './LaunchedTasks';
import { LaunchPlan } from './LaunchPlan';
import { LaunchSteps } from './LaunchSteps';
import { TemplateCards } from './TemplateCards';
import { useLaunch } from './useLaunch';

const ParametersForm = lazy(() => import('./ParametersForm'));

const useStyles = makeStyles(
  theme => ({
    paper: {
      ...theme.typography.body2,
      width: 680,
      maxWidth: '100vw',
      padding: theme.spacing(3, 3, 0),
      boxSizing: 'border-box',
      [theme.breakpoints.down('xs')]: {
        width: '100vw',
        padding: theme.spacing(2, 2, 0),
      },
    },
    head: {
      display: 'flex',
      alignItems: 'flex-start',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
    },
    title: { overflowWrap: 'anywhere' },
    on: { color: theme.palette.text.secondary, fontWeight: 'normal' },
    heading: {
      margin: theme.spacing(2, 0, 1.5),
      fontSize: theme.typography.h6.fontSize,
      '&:focus': { outline: 'none' },
    },
    body: { flex: 'auto', paddingBottom: theme.spacing(3) },
    alert: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
  }),
  { name: 'AgentTasksLaunchDrawer' },
);

/**
 * Launches a task on a component: template, parameters, what will happen, and then how it goes. It stays mounted while
 * it is closed, so that closing it loses nothing.
 */
export function LaunchDrawer(props: {
  component: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const { component } = props;
  const launch = useLaunch({
    components: useMemo(() => [component], [component]),
  });
  return (
    <Drawer
      anchor="right"
      open={props.isOpen}
      onClose={props.onClose}
      ModalProps={{ keepMounted: false }}
      PaperProps={{
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': id,
        className: classes.paper,
      }}
    >
      <div className={classes.head}>
        <Typography
          id={id}
          variant="h5"
          component="h2"
          className={classes.title}
        >
          {t('launch.title')}{' '}
          <span className={classes.on}>
            {t('launch.on', {
              component: <EntityLink entityRef={props.component} />,
            })}
          </span>
        </Typography>
        <Button size="small" onClick={props.onClose}>
          {t('action.close')}
        </Button>
      </div>
      <LaunchBody launch={launch} />
    </Drawer>
  );
}

function LaunchBody(props: { launch: ReturnType<typeof useLaunch> }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  const { launch } = props;
  const { step, template, plan, campaign, planError } = launch.state;

  // The button that led here is gone: whoever uses a keyboard or listens goes on at the new step's heading.
  useEffect(() => heading.current?.focus(), [step]);

  const titles = {
    template: t('launch.chooseTemplate'),
    parameters: t('launch.parametersOf', { template: template?.title ?? '' }),
    plan: t('launch.planHeading'),
    launched: template?.title ?? t('launch.stepLaunched'),
  };
  return (
    <>
      <LaunchSteps step={step} />
      <Typography
        ref={heading}
        tabIndex={-1}
        variant="h6"
        component="h3"
        className={classes.heading}
      >
        {titles[step]}
      </Typography>
      <div className={classes.body}>
        {step === 'template' && <TemplateCards onChoose={launch.choose} />}
        {step === 'parameters' && template && (
          <>
            {planError && (
              <Alert severity="error" role="alert" className={classes.alert}>
                {t('launch.planFailed', {
                  message: describeError(planError).message,
                })}
              </Alert>
            )}
            <Suspense
              fallback={<Skeleton variant="rect" height={220} aria-busy />}
            >
              <ParametersForm
                key={template.name}
                schema={template.parameters as JsonObject}
                value={launch.parameters}
                isBusy={launch.state.isPlanning}
                onChange={launch.fill}
                onSubmit={launch.makePlan}
                onBack={launch.back}
              />
            </Suspense>
          </>
        )}
        {step === 'plan' && plan && (
          <LaunchPlan
            plan={plan}
            planError={planError}
            launchError={launch.state.launchError}
            isPlanning={launch.state.isPlanning}
            isLaunching={launch.state.isLaunching}
            onLaunch={launch.launch}
            onReview={() => launch.makePlan(launch.parameters ?? {})}
            onBack={launch.back}
          />
        )}
        {step === 'launched' && campaign && (
          <LaunchedTasks campaign={campaign} onAnother={launch.restart} />
        )}
      </div>
    </>
  );
}
