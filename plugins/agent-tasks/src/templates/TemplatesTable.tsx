import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { EntityLink } from '../links/EntityLink';
import { isEntityRef } from '../links/isEntityRef';
import { TeamLink } from '../links/TeamLink';
import { TemplateLink } from '../links/TemplateLink';
import { blockTable } from '../tables/blockTable';
import { cell, rowGroup } from '../tables/tableRoles';
import { agentTasksTranslationRef } from '../translation';
import { TemplateFigure } from './TemplateFigure';
import { TemplateMenu } from './TemplateMenu';
import { TemplateOriginText } from './TemplateOriginText';
import { stateOfTemplate } from './templateState';
import { TemplateStateLabel } from './TemplateStateLabel';
import type { TemplateActionEntry } from './useTemplateActions';

const columns = [
  'template',
  'type',
  'owner',
  'origin',
  'use',
  'success',
  'merged',
  'run',
  'minutes',
  'cost',
  'actions',
] as const;

const textColumns = new Set<string>(['template', 'type', 'owner', 'origin']);

const useStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto' },
    table: blockTable({
      theme,
      upTo: 'sm',
      rules: { '& tr > :first-child': { minWidth: 200 } },
      blockRules: {
        '& td$text:not(:first-child)': { textAlign: 'right' },
        '& td:first-child': { textAlign: 'left' },
        '& td:last-child': { justifyContent: 'flex-start' },
        '& td:last-child::before': { display: 'none' },
      },
    }),
    text: { '&&': { textAlign: 'left' } },
    name: { fontWeight: 600 },
    figure: { whiteSpace: 'nowrap' },
  }),
  { name: 'AgentTasksTemplatesTable' },
);

/** Templates, each with what became of its tasks. */
export function TemplatesTable(props: {
  templates: Template[];
  entriesOf: (template: Template) => TemplateActionEntry[];
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const label = (column: (typeof columns)[number]) => ({
    ...cell,
    'data-label': t(`templates.column.${column}`),
    className: textColumns.has(column) ? classes.text : classes.figure,
  });
  return (
    <div className={classes.scroll}>
      <table
        role="table"
        className={classes.table}
        aria-label={t('templates.table')}
      >
        <thead {...rowGroup}>
          <tr role="row">
            {columns.map(column => (
              <th
                key={column}
                role="columnheader"
                scope="col"
                className={textColumns.has(column) ? classes.text : undefined}
              >
                {t(`templates.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...rowGroup}>
          {props.templates.map(template => {
            const { statistics } = template;
            return (
              <tr key={template.name} role="row">
                <td {...cell} className={classes.text}>
                  <TemplateLink name={template.name} className={classes.name}>
                    {template.title}
                  </TemplateLink>{' '}
                  <TemplateStateLabel state={stateOfTemplate(template)} />
                </td>
                <td {...label('type')}>{template.type}</td>
                <td {...label('owner')}>
                  <OwnerLink owner={template.owner} />
                </td>
                <td {...label('origin')}>
                  <TemplateOriginText template={template} />
                </td>
                <td {...label('use')}>
                  <TemplateFigure value={statistics.tasks} unit="number" />
                </td>
                <td {...label('success')}>
                  <TemplateFigure value={statistics.successRate} unit="share" />
                </td>
                <td {...label('merged')}>
                  <TemplateFigure value={statistics.mergeRate} unit="share" />
                </td>
                <td {...label('run')}>
                  <TemplateFigure
                    value={statistics.medianRunSeconds}
                    unit="seconds"
                  />
                </td>
                <td {...label('minutes')}>
                  <TemplateFigure
                    value={statistics.reviewMinutes}
                    unit="number"
                  />
                </td>
                <td {...label('cost')}>
                  <TemplateFigure value={statistics.aiCredits} unit="number" />
                </td>
                <td {...label('actions')}>
                  <TemplateMenu
                    template={template}
                    entries={props.entriesOf(template)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A link to the team that answers for a template, or to the person. */
export function OwnerLink(props: { owner: string }) {
  const { owner } = props;
  return isEntityRef(owner) && owner.toLowerCase().startsWith('group:') ? (
    <TeamLink team={owner} />
  ) : (
    <EntityLink entityRef={owner} />
  );
}
