import {
  agentTaskTemplateReadPermission,
  type Template,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { JsonObject } from '@backstage/types';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { lazy, Suspense } from 'react';
import { CampaignLink } from '../links/CampaignLink';
import type { LiveResource } from '../live/useLiveResource';
import { ResourceView } from '../states/ResourceView';
import { Facts } from '../task/Facts';
import { JsonFacts } from '../task/JsonFacts';
import { agentTasksTranslationRef } from '../translation';
import { LaunchOptions } from './LaunchOptions';
import type { LaunchParameters } from './launchParameters';
import type { ParameterProblem } from './ParametersForm';
import { TemplateCards } from './TemplateCards';
import type { LaunchTarget } from './useLaunchTarget';

const ParametersForm = lazy(() => import('./ParametersForm'));

const useStyles = makeStyles(
  theme => ({
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 1),
      marginBottom: theme.spacing(1),
    },
    title: { fontSize: theme.typography.body1.fontSize, fontWeight: 600 },
    text: { marginBottom: theme.spacing(1.5) },
    alert: { marginBottom: theme.spacing(1.5), overflowWrap: 'anywhere' },
  }),
  { name: 'AgentTasksTemplateColumn' },
);

/** Chooses the template, fills in its parameters, and says how it goes; of a campaign all of that stands already. */
export function TemplateColumn(props: {
  target: LiveResource<LaunchTarget>;
  parameters: LaunchParameters;
  onChoose: (template: Template | undefined) => void;
  onChange: (
    update: Partial<
      Pick<LaunchParameters, 'parameters' | 'priority' | 'waves' | 'waveMode'>
    >,
  ) => void;
  onFill: (parameters: JsonObject) => void;
  onCheck: (problems: ParameterProblem[]) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { parameters } = props;
  if (!parameters.template && !parameters.campaign) {
    return <TemplateCards onChoose={props.onChoose} />;
  }
  return (
    <ResourceView
      resource={props.target}
      what={parameters.campaign ? 'campaign' : 'templates'}
      permission={agentTaskTemplateReadPermission.name}
      skeleton={<Skeleton variant="rect" height={220} />}
    >
      {target => {
        if (target.campaign) {
          return <CampaignTemplate campaign={target.campaign} />;
        }
        if (!target.template || !target.schema) {
          return (
            <>
              <Alert severity="warning" className={classes.alert}>
                {t('launchPage.unknownTemplate', {
                  name: parameters.template ?? '',
                })}
              </Alert>
              <TemplateCards onChoose={props.onChoose} />
            </>
          );
        }
        const { template, schema, revision } = target;
        return (
          <>
            <div className={classes.head}>
              <Typography component="h4" className={classes.title}>
                {template.title}
              </Typography>
              <Button size="small" onClick={() => props.onChoose(undefined)}>
                {t('launchPage.another')}
              </Button>
            </div>
            {template.description && (
              <Typography
                variant="body2"
                color="textSecondary"
                className={classes.text}
              >
                {template.description}
              </Typography>
            )}
            {revision !== undefined && (
              <Alert severity="info" className={classes.alert}>
                {t('launchPage.draft', { revision: String(revision) })}
              </Alert>
            )}
            {template.paused && (
              <Alert severity="warning" className={classes.alert}>
                {t('launchPage.pausedTemplate', {
                  reason: template.paused.reason,
                })}
              </Alert>
            )}
            <Suspense
              fallback={<Skeleton variant="rect" height={220} aria-busy />}
            >
              <ParametersForm
                key={`${template.name} ${revision}`}
                schema={schema}
                value={parameters.parameters}
                isBusy={false}
                onChange={props.onFill}
                onCheck={props.onCheck}
              />
            </Suspense>
            <LaunchOptions
              options={parameters}
              rollout={template.rollout}
              onChange={props.onChange}
            />
          </>
        );
      }}
    </ResourceView>
  );
}

/** What stands already where components are added to a campaign. */
function CampaignTemplate(props: {
  campaign: NonNullable<LaunchTarget['campaign']>;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { campaign } = props;
  return (
    <>
      <Typography variant="body2" className={classes.text}>
        {t('launchPage.addText', {
          campaign: (
            <CampaignLink campaignId={campaign.id}>
              {campaign.template.title}
            </CampaignLink>
          ),
        })}
      </Typography>
      <Facts
        facts={[
          [
            t('launch.stepTemplate'),
            t('launch.plan.revision', {
              template: campaign.template.title,
              revision: String(campaign.template.revision),
            }),
          ],
          [t('taskPage.parameters'), <JsonFacts value={campaign.parameters} />],
        ]}
      />
    </>
  );
}
