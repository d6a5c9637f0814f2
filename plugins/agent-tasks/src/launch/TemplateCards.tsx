import {
  agentTaskTemplateReadPermission,
  type Template,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Card from '@material-ui/core/Card';
import CardActionArea from '@material-ui/core/CardActionArea';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { ProblemPanel } from '../states/ProblemPanel';
import { ResourceView } from '../states/ResourceView';
import { formatDuration } from '../time/formatTime';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(1.5),
    },
    card: { padding: theme.spacing(2) },
    title: { fontSize: theme.typography.body1.fontSize, fontWeight: 600 },
    text: { margin: theme.spacing(0.5, 0, 1) },
    foot: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
      fontSize: theme.typography.body2.fontSize,
      fontVariantNumeric: 'tabular-nums',
      color: theme.palette.text.secondary,
    },
    tags: { display: 'flex', gap: theme.spacing(0.5) },
    tag: { margin: 0 },
  }),
  { name: 'AgentTasksTemplateCards' },
);

/** The templates to choose from: what each does, how long it takes, how often it ends in a merge. */
export function TemplateCards(props: {
  onChoose: (template: Template) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const templates = useLiveResource({
    key: 'templates',
    load: signal => api.listTemplates({ signal }),
    isConcerned: () => false,
  });
  return (
    <ResourceView
      resource={templates}
      what="templates"
      permission={agentTaskTemplateReadPermission.name}
      skeleton={<TemplateSkeleton />}
    >
      {({ items }) =>
        items.length === 0 ? (
          <ProblemPanel
            role="status"
            title={t('launch.noTemplates')}
            lines={[t('launch.noTemplatesText')]}
          />
        ) : (
          <ul className={classes.list}>
            {items.map(template => (
              <li key={template.name}>
                <TemplateCard template={template} onChoose={props.onChoose} />
              </li>
            ))}
          </ul>
        )
      }
    </ResourceView>
  );
}

function TemplateCard(props: {
  template: Template;
  onChoose: (template: Template) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { template } = props;
  const { tasks, merged, medianRunSeconds } = template.statistics;
  return (
    <Card variant="outlined">
      <CardActionArea
        className={classes.card}
        onClick={() => props.onChoose(template)}
      >
        <Typography variant="h6" component="h3" className={classes.title}>
          {template.title}
        </Typography>
        {template.description && (
          <Typography
            variant="body2"
            color="textSecondary"
            className={classes.text}
          >
            {template.description}
          </Typography>
        )}
        <div className={classes.foot}>
          <span>
            {tasks > 0
              ? t('launch.mergeRate', {
                  merged: String(merged),
                  tasks: String(tasks),
                })
              : t('launch.mergeRateUnknown')}
          </span>
          {medianRunSeconds !== undefined && (
            <span>
              {t('launch.median', {
                duration: formatDuration({
                  milliseconds: medianRunSeconds * 1000,
                }),
              })}
            </span>
          )}
          {template.tags && template.tags.length > 0 && (
            <span className={classes.tags}>
              {template.tags.map(tag => (
                <Chip
                  key={tag}
                  label={tag}
                  size="small"
                  variant="outlined"
                  className={classes.tag}
                />
              ))}
            </span>
          )}
        </div>
      </CardActionArea>
    </Card>
  );
}

function TemplateSkeleton() {
  return (
    <div aria-hidden="true">
      {[0, 1, 2].map(index => (
        <Skeleton
          key={index}
          variant="rect"
          height={112}
          style={{ marginBottom: 12, borderRadius: 4 }}
        />
      ))}
    </div>
  );
}
