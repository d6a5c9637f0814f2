import type { TeamDetails } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ExternalLink } from '../links/ExternalLink';
import { repositoryName } from '../links/RepositoryLink';
import { Pages } from '../queue/Pages';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      '& li': {
        padding: theme.spacing(0.75, 0),
        borderBottom: `1px solid ${theme.palette.divider}`,
        overflowWrap: 'anywhere',
      },
      '& li:last-child': { borderBottom: 0 },
    },
    meta: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 2),
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    },
  }),
  { name: 'AgentTasksForeignChangeList' },
);

/** What agents opened elsewhere in the repositories of a team, the oldest first. */
export function ForeignChangeList(props: {
  team: TeamDetails;
  /** How many are in sight at once. */
  perPage: number;
  /** Cut off what goes beyond a page, and say so, instead of paging. */
  isBrief?: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { team, perPage, isBrief } = props;
  const items = isBrief
    ? team.foreignChanges.slice(0, perPage)
    : team.foreignChanges;
  const hidden = team.foreignChangesTotal - items.length;
  return (
    <>
      {items.length > 0 && (
        <Pages label={t('team.foreign.pages')} items={items} perPage={perPage}>
          {shown => (
            <ul className={classes.list} aria-label={t('team.foreign.heading')}>
              {shown.map(change => (
                <li key={change.url}>
                  <ExternalLink to={change.url}>{change.title}</ExternalLink>
                  <div className={classes.meta}>
                    <span>
                      {t('team.foreign.by', {
                        author: change.author,
                        repository: repositoryName({
                          repositoryRef: change.repository,
                        }),
                      })}
                    </span>
                    <span>
                      {t('team.foreign.minutes', { count: change.minutes })}
                    </span>
                    <RelativeTime at={change.openedAt} />
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Pages>
      )}
      {(hidden > 0 || items.length === 0) && (
        <Typography variant="body2" color="textSecondary">
          {hidden > 0
            ? t('team.foreign.hidden', { count: hidden })
            : t('team.foreign.none')}
        </Typography>
      )}
    </>
  );
}
