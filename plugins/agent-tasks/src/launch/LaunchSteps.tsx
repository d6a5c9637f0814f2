import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { agentTasksTranslationRef } from '../translation';
import type { LaunchStep } from './useLaunch';

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: theme.spacing(1.5, 0, 0),
      padding: 0,
      fontSize: theme.typography.body2.fontSize,
      color: theme.palette.text.secondary,
      [theme.breakpoints.down('xs')]: {
        gap: theme.spacing(0.5, 1.5),
        fontSize: theme.typography.caption.fontSize,
      },
    },
    step: {
      paddingBottom: 4,
      borderBottom: '2px solid transparent',
    },
    current: {
      color: theme.palette.text.primary,
      fontWeight: 600,
      borderBottomColor: theme.palette.primary.main,
    },
  }),
  { name: 'AgentTasksLaunchSteps' },
);

const steps: LaunchStep[] = ['template', 'parameters', 'plan', 'launched'];

/** Where in the launch one is. */
export function LaunchSteps(props: { step: LaunchStep }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const names = {
    template: t('launch.stepTemplate'),
    parameters: t('launch.stepParameters'),
    plan: t('launch.stepPlan'),
    launched: t('launch.stepLaunched'),
  };
  return (
    <ol aria-label={t('launch.steps')} className={classes.list}>
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={step === props.step ? 'step' : undefined}
          className={classNames(classes.step, {
            [classes.current]: step === props.step,
          })}
        >
          {index + 1}. {names[step]}
        </li>
      ))}
    </ol>
  );
}
