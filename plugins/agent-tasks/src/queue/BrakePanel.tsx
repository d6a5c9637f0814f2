import type { Brake } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { alpha, makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { startTransition, useId, useState } from 'react';
import { ActorName } from '../links/ActorName';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { announceBrakeChange } from './brakeChanges';
import { PullBrakeDialog } from './PullBrakeDialog';
import { ReleaseBrakeDialog } from './ReleaseBrakeDialog';
import { type BrakeTargets, isBrakeOn } from './useBrakeTargets';
import type { QueueView } from './useQueue';

const useStyles = makeStyles(
  theme => ({
    root: { marginBottom: theme.spacing(2) },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
    },
    heading: {
      fontSize: theme.typography.body1.fontSize,
      fontWeight: 600,
      margin: 0,
    },
    list: { margin: theme.spacing(1, 0, 0), padding: 0, listStyle: 'none' },
    brake: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
      padding: theme.spacing(1.25, 2),
      marginBottom: theme.spacing(1),
      border: `1px solid ${alpha(theme.palette.warning.main, 0.5)}`,
      borderLeft: `4px solid ${theme.palette.warning.main}`,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: alpha(theme.palette.warning.main, 0.08),
      overflowWrap: 'anywhere',
    },
    words: { flex: '1 1 240px', minWidth: 0 },
    muted: { color: theme.palette.text.secondary },
    news: { marginTop: theme.spacing(1) },
  }),
  { name: 'AgentTasksBrakePanel' },
);

/** What the person has just done. */
interface News {
  did: 'pulled' | 'released';
  brake: Brake;
}

/** The brakes that are on, and the way to pull one. */
export function BrakePanel(props: { view: QueueView; targets: BrakeTargets }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const { queue, mayPull } = props.view;
  const [isPulling, setPulling] = useState(false);
  const [releasing, setReleasing] = useState<Brake>();
  const [news, setNews] = useState<News>();
  const canPull = mayPull.everything || mayPull.teams.length > 0;

  if (!canPull && queue.brakes.length === 0 && !news) {
    return null;
  }
  const finish = (done: News) => {
    setPulling(false);
    setReleasing(undefined);
    setNews(done);
    announceBrakeChange();
  };

  return (
    <section aria-labelledby={id} className={classes.root}>
      <div className={classes.head}>
        <div>
          <h3 id={id} className={classes.heading}>
            {t('brake.heading')}
          </h3>
          {queue.brakes.length === 0 && (
            <Typography variant="body2">{t('brake.none')}</Typography>
          )}
        </div>
        {canPull && (
          <Button
            variant="outlined"
            aria-haspopup="dialog"
            // A form takes a while to draw, and the button answers at once.
            onClick={() => startTransition(() => setPulling(true))}
          >
            {t('brake.pull')}
          </Button>
        )}
      </div>
      {queue.brakes.length > 0 && (
        <ul className={classes.list}>
          {queue.brakes.map(brake => (
            <BrakeRow
              key={brake.id}
              brake={brake}
              target={props.targets.describe(brake)}
              onRelease={() => setReleasing(brake)}
            />
          ))}
        </ul>
      )}
      {news && (
        <Alert
          severity="success"
          role="status"
          className={classes.news}
          closeText={t('action.close')}
          onClose={() => setNews(undefined)}
        >
          {t(`brake.${news.did}`, {
            target: props.targets.describe(news.brake),
          })}
          {news.brake.stopped
            ? ` ${t('brake.stopped', { count: news.brake.stopped })}`
            : undefined}
        </Alert>
      )}
      {isPulling && (
        <PullBrakeDialog
          mayPull={mayPull}
          targets={props.targets}
          onClose={() => setPulling(false)}
          onPulled={brake => finish({ did: 'pulled', brake })}
        />
      )}
      {releasing && (
        <ReleaseBrakeDialog
          brake={releasing}
          target={props.targets.describe(releasing)}
          heldTasks={
            queue.holds.find(
              hold =>
                hold.limit === 'brake' && isBrakeOn(releasing, hold.subject),
            )?.tasks ?? 0
          }
          onClose={() => setReleasing(undefined)}
          onReleased={brake => finish({ did: 'released', brake })}
        />
      )}
    </section>
  );
}

function BrakeRow(props: {
  brake: Brake;
  target: string;
  onRelease: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { brake, target } = props;
  return (
    <li className={classes.brake}>
      <div className={classes.words}>
        <div>
          <strong>{t('brake.on', { target })}</strong> {brake.reason}
        </div>
        <div className={classes.muted}>
          {t('brake.by', {
            who: <ActorName actor={brake.pulledBy} />,
            since: <RelativeTime at={brake.pulledAt} />,
          })}
          {' · '}
          {brake.until
            ? t('brake.ends', { time: <RelativeTime at={brake.until} /> })
            : t('brake.endsByHand')}
        </div>
      </div>
      {brake.mayRelease && (
        <Button
          size="small"
          variant="outlined"
          aria-label={t('brake.releaseOf', { target })}
          aria-haspopup="dialog"
          onClick={props.onRelease}
        >
          {t('brake.release')}
        </Button>
      )}
    </li>
  );
}
