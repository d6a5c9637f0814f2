import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { TeamLink } from '../links/TeamLink';
import { agentTasksTranslationRef } from '../translation';
import { useOwnTeams } from './useOwnTeams';

/** A person of more teams than these finds them first in the list of teams. */
const MOST_CHIPS = 3;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
    chip: {
      display: 'inline-block',
      maxWidth: 200,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      padding: theme.spacing(0.25, 1.25),
      borderRadius: 12,
      border: '1px solid currentColor',
      fontFamily: theme.typography.fontFamily,
      fontSize: theme.typography.caption.fontSize,
      color: 'inherit',
    },
  }),
  { name: 'AgentTasksTeamChips' },
);

/** The person's own teams, each leading to its page. */
export function TeamChips() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const teams = useOwnTeams();
  if (teams.length === 0 || teams.length > MOST_CHIPS) {
    return null;
  }
  return (
    <ul className={classes.root} aria-label={t('team.chips')}>
      {teams.map(team => (
        <li key={team}>
          <TeamLink team={team} className={classes.chip} />
        </li>
      ))}
    </ul>
  );
}
