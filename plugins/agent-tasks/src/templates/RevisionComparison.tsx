import {
  agentTaskTemplateReadPermission,
  type TemplateRevision,
  type TemplateRevisionSummary,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Skeleton from '@material-ui/lab/Skeleton';
import { useEffect, useId, useMemo, useRef } from 'react';
import { agentTasksApiRef } from '../api';
import { ActorName } from '../links/ActorName';
import { useLiveResource } from '../live/useLiveResource';
import { ResourceView } from '../states/ResourceView';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { changedPaths } from './changedPaths';
import { TextComparison } from './diff/TextComparison';
import type { ComparedRevisions } from './useComparedRevisions';

/** More are counted and not named. */
const MOST_PATHS = 8;

const useStyles = makeStyles(
  theme => ({
    choice: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1.5),
      margin: theme.spacing(1, 0, 1.5),
    },
    field: { minWidth: 180 },
    line: {
      margin: theme.spacing(0, 0, 1),
      overflowWrap: 'anywhere',
      '& a': { textDecoration: 'underline' },
    },
    path: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
    },
  }),
  { name: 'AgentTasksRevisionComparison' },
);

/** The difference between two revisions that one chooses; at first between the newest two. */
export function RevisionComparison(props: {
  template: string;
  /** The newest first. */
  revisions: TemplateRevisionSummary[];
  compared: ComparedRevisions;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const { template, revisions, compared } = props;
  const numbers = revisions.map(({ number }) => number);
  const to = pick(compared.to, numbers) ?? numbers[0];
  const from = pick(compared.from, numbers) ?? numbers[numbers.indexOf(to) + 1];

  // Whoever asked in the table above what changed would otherwise not see that it is answered here.
  const wasAsked = compared.from !== undefined;
  useEffect(() => {
    if (wasAsked) {
      root.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [wasAsked, compared.from, compared.to]);

  const isPair = from !== undefined && from !== to;
  const resource = useLiveResource({
    key: `${template} ${from} ${to}`,
    load: async signal =>
      isPair
        ? Promise.all([
            api.getTemplateRevision(template, from, { signal }),
            api.getTemplateRevision(template, to, { signal }),
          ])
        : undefined,
    // A revision never changes.
    isConcerned: () => false,
    keepPrevious: true,
  });

  if (numbers.length < 2) {
    return <p>{t('templates.page.compareOne')}</p>;
  }
  const field = (side: 'from' | 'to', value: number | undefined) => (
    <TextField
      id={`${id}-${side}`}
      select
      SelectProps={{ native: true }}
      label={t(
        side === 'from'
          ? 'templates.page.compareFrom'
          : 'templates.page.compareTo',
      )}
      value={value ?? ''}
      onChange={event =>
        compared.choose({ from, to, [side]: Number(event.target.value) })
      }
      InputLabelProps={{ shrink: true, htmlFor: `${id}-${side}` }}
      variant="outlined"
      size="small"
      className={classes.field}
    >
      {revisions.map(({ number, current, draft }) => (
        <option key={number} value={number}>
          {[
            t('templates.page.revision', { number: String(number) }),
            ...(current ? [t('templates.page.current')] : []),
            ...(draft ? [t('templates.page.draft')] : []),
          ].join(', ')}
        </option>
      ))}
    </TextField>
  );
  return (
    <div ref={root}>
      <div className={classes.choice}>
        {field('from', from)}
        {field('to', to)}
      </div>
      {isPair ? (
        <ResourceView
          resource={resource}
          what="revision"
          permission={agentTaskTemplateReadPermission.name}
          skeleton={<Skeleton variant="rect" height={200} />}
        >
          {pair => pair && <Difference before={pair[0]} after={pair[1]} />}
        </ResourceView>
      ) : (
        <p role="status">{t('templates.page.compareSame')}</p>
      )}
    </div>
  );
}

function pick(wanted: number | undefined, numbers: number[]) {
  return wanted !== undefined && numbers.includes(wanted) ? wanted : undefined;
}

function Difference(props: {
  before: TemplateRevision;
  after: TemplateRevision;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { before, after } = props;
  const paths = useMemo(
    () => changedPaths({ before: before.yaml, after: after.yaml }) ?? [],
    [before.yaml, after.yaml],
  );
  const named = paths.slice(0, MOST_PATHS).join(', ');
  const title = (number: number) =>
    t('templates.page.revision', { number: String(number) });
  return (
    <>
      <p className={classes.line}>
        {t('templates.page.compareBy', {
          who: after.createdBy ? (
            <ActorName actor={after.createdBy} />
          ) : (
            <>{t('templates.page.fromCatalog')}</>
          ),
          number: String(after.number),
          when: <RelativeTime at={after.createdAt} />,
        })}
      </p>
      {paths.length > 0 && (
        <p className={classes.line}>
          {t('templates.page.compareChanged', {
            paths: (
              <span className={classes.path}>
                {paths.length > MOST_PATHS
                  ? t('templates.page.compareMore', {
                      paths: named,
                      rest: String(paths.length - MOST_PATHS),
                    })
                  : named}
              </span>
            ),
          })}
        </p>
      )}
      <TextComparison
        label={t('templates.page.compareLabel', {
          from: String(before.number),
          to: String(after.number),
        })}
        before={{ title: title(before.number), text: before.yaml }}
        after={{ title: title(after.number), text: after.yaml }}
      />
    </>
  );
}
