import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { agentTasksTranslationRef } from '../translation';
import type { TemplateState } from './templateState';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-block',
      border: '1px solid currentColor',
      borderRadius: theme.shape.borderRadius,
      padding: theme.spacing(0, 0.75),
      fontSize: theme.typography.caption.fontSize,
      fontWeight: 600,
      whiteSpace: 'nowrap',
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'AgentTasksTemplateStateLabel' },
);

/** That a template is paused or archived; of one that is active there is nothing to say. */
export function TemplateStateLabel(props: { state: TemplateState }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  return props.state === 'active' ? null : (
    <span className={classes.root}>{t(`templates.state.${props.state}`)}</span>
  );
}
