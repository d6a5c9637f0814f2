import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { ActorName } from '../links/ActorName';
import { Facts } from '../task/Facts';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { settingLines } from './settingLines';
import { TemplateOriginText } from './TemplateOriginText';
import { OwnerLink } from './TemplatesTable';

const useStyles = makeStyles(
  theme => ({
    lines: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
      '& li + li': { marginTop: theme.spacing(0.25) },
    },
    or: {
      fontFamily: theme.typography.fontFamily,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'AgentTasksTemplateFacts' },
);

const sections = [
  'constraints',
  'execution',
  'review',
  'batching',
  'rollout',
] as const;

/** Whose a template is, where it is written, what it applies to, and its settings by their names in the text. */
export function TemplateFacts(props: { template: Template }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { template } = props;
  const updatedAt = <RelativeTime at={template.updatedAt} />;
  return (
    <Facts
      facts={[
        [t('templates.page.name'), template.name],
        [t('templates.page.type'), template.type],
        [t('templates.page.owner'), <OwnerLink owner={template.owner} />],
        [
          t('templates.page.origin'),
          <TemplateOriginText template={template} />,
        ],
        [t('templates.column.revision'), String(template.revision)],
        [
          t('templates.page.updated'),
          template.updatedBy
            ? t('templates.page.updatedBy', {
                when: updatedAt,
                who: <ActorName actor={template.updatedBy} />,
              })
            : updatedAt,
        ],
        [
          t('templates.page.appliesTo'),
          <AppliesTo filters={template.appliesTo} />,
        ],
        ...sections.map((section): [string, JSX.Element | false] => {
          const lines = settingLines(template[section]);
          return [
            t(`templates.page.${section}`),
            lines.length > 0 && <Lines lines={lines} />,
          ];
        }),
      ]}
    />
  );
}

function Lines(props: { lines: string[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.lines}>
      {props.lines.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function AppliesTo(props: { filters: Template['appliesTo'] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  if (!props.filters?.length) {
    return <>{t('templates.page.appliesToAll')}</>;
  }
  return (
    <ul className={classes.lines}>
      {props.filters.map((filter, index) => (
        <li key={index}>
          {index > 0 && (
            <span className={classes.or}>
              {t('templates.page.appliesToOr')}{' '}
            </span>
          )}
          {settingLines(filter).join(', ')}
        </li>
      ))}
    </ul>
  );
}
