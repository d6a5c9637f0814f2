import { LinkButton } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { agentTasksTranslationRef } from '../translation';
import type { TemplateActionEntry } from './useTemplateActions';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  }),
  { name: 'AgentTasksTemplateButtons' },
);

/** What can be done about the template of a page. */
export function TemplateButtons(props: { entries: TemplateActionEntry[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {props.entries.map(({ action, to, onClick }) =>
        to ? (
          <LinkButton
            key={action}
            to={to}
            size="small"
            variant={action === 'edit' ? 'contained' : 'outlined'}
            color={action === 'edit' ? 'primary' : 'default'}
          >
            {t(`templates.actions.${action}`)}
          </LinkButton>
        ) : (
          <Button
            key={action}
            size="small"
            variant="outlined"
            aria-haspopup="dialog"
            onClick={onClick}
          >
            {t(`templates.actions.${action}`)}
          </Button>
        ),
      )}
    </div>
  );
}
