import {
  agentTaskTemplateReadPermission,
  type Queue,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { memo, useDeferredValue, useId, useMemo, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { StackedAreaChart } from '../charts/StackedAreaChart';
import { useCalm } from '../live/useCalm';
import { useLiveResource } from '../live/useLiveResource';
import { ResourceView } from '../states/ResourceView';
import { Panel } from '../task/Panel';
import { agentTasksTranslationRef } from '../translation';
import { OTHER_TEAMS, toDepthSeries } from './depthSeries';
import { useTeamTitles } from './useTeamTitles';

/** Hours back. There is a sample a minute for 2 days, and one an hour for 60. */
const periods = { hours6: 6, hours24: 24, days7: 168, days60: 1440 };
type Period = keyof typeof periods;

/** The curve need not follow each signal: nobody sees a single task in a day. */
const DRAW_EVERY_MS = 10_000;

const useStyles = makeStyles(
  theme => ({
    period: {
      '& select': { fontSize: theme.typography.body2.fontSize },
    },
  }),
  { name: 'AgentTasksDepthPanel' },
);

/** What the queue looks like now, and when that was read. */
interface Present {
  teams: Queue['teams'];
  at: number;
}

/** How deep the queue was, by team, up to now. */
export const DepthPanel = memo(function DepthPanelView(props: {
  teams: Queue['teams'];
  updatedAt: number;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const id = useId();
  const [period, setPeriod] = useState<Period>('hours24');
  const hours = periods[period];
  const { teams, updatedAt } = props;
  const present = useCalm<Present>(
    useMemo(() => ({ teams, at: updatedAt }), [teams, updatedAt]),
    DRAW_EVERY_MS,
  );
  const history = useLiveResource({
    key: `history ${hours}`,
    load: signal => api.getQueueHistory({ hours }, { signal }),
    // It has a sample a minute; what happens in between comes with the queue itself.
    isConcerned: () => false,
    keepPrevious: true,
  });
  const titleOf = useTeamTitles(history.value?.teams ?? []);
  const otherTitle = t('queue.otherTeams');
  const { value } = history;
  const data = useMemo(
    () =>
      value &&
      toDepthSeries({
        history: value,
        teams: present.teams,
        now: present.at,
        titleOf,
        otherTitle,
      }),
    [value, present, titleOf, otherTitle],
  );
  // Whoever types meanwhile does not wait for the drawing.
  const drawn = useDeferredValue(data);

  return (
    <Panel
      heading={t('queue.depth')}
      action={
        <TextField
          id={id}
          select
          SelectProps={{ native: true }}
          value={period}
          onChange={event => setPeriod(event.target.value as Period)}
          inputProps={{ 'aria-label': t('queue.period.label') }}
          className={classes.period}
        >
          {(Object.keys(periods) as Period[]).map(one => (
            <option key={one} value={one}>
              {t(`queue.period.${one}`)}
            </option>
          ))}
        </TextField>
      }
    >
      <ResourceView
        resource={history}
        what="history"
        permission={agentTaskTemplateReadPermission.name}
        skeleton={<Skeleton variant="rect" height={280} />}
      >
        {() =>
          drawn && drawn.series.length > 0 ? (
            <StackedAreaChart
              label={t('queue.depthLabel', {
                period: t(`queue.period.${period}`),
              })}
              data={drawn}
              hasOther={drawn.series.at(-1)?.key === OTHER_TEAMS}
            />
          ) : (
            <Typography variant="body2" color="textSecondary">
              {t('queue.depthEmpty')}
            </Typography>
          )
        }
      </ResourceView>
    </Panel>
  );
});
