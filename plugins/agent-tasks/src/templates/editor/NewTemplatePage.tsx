import {
  agentTaskTemplateManagePermission,
  agentTaskTemplateReadPermission,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { agentTasksApiRef } from '../../api';
import { useLiveResource } from '../../live/useLiveResource';
import { templatesRouteRef } from '../../routes';
import { describeError } from '../../states/describeError';
import { ProblemPanel } from '../../states/ProblemPanel';
import { ResourceView } from '../../states/ResourceView';
import { agentTasksTranslationRef } from '../../translation';
import { TemplateNotFound } from '../TemplateNotFound';
import { useMayManageTemplates } from '../useTemplateActions';
import { copyTemplate } from './copyTemplate';
import { EditorSkeleton } from './EditorSkeleton';
import { starterTemplate } from './starterTemplate';
import { TemplateEditor } from './TemplateEditor';

const useStyles = makeStyles(
  theme => ({
    back: { display: 'inline-block', marginBottom: theme.spacing(1) },
    heading: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
  }),
  { name: 'AgentTasksNewTemplatePage' },
);

/** Writes a new template of the portal: from the beginning, or with another one to begin with. */
export default function NewTemplatePage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const navigate = useNavigate();
  const toTemplates = useRouteRef(templatesRouteRef);
  const [parameters] = useSearchParams();
  const from = parameters.get('from') ?? undefined;
  const { isKnown, mayManage } = useMayManageTemplates();
  const resource = useLiveResource({
    key: from ?? '',
    load: async signal => {
      if (from === undefined) {
        return { text: starterTemplate };
      }
      const { title, revision } = await api.getTemplate(from, { signal });
      const { yaml } = await api.getTemplateRevision(from, revision, {
        signal,
      });
      return { text: copyTemplate(yaml), title };
    },
    isConcerned: () => false,
  });

  if (isKnown && !mayManage) {
    return (
      <ProblemPanel
        role="status"
        title={t('templates.editor.newForbiddenTitle')}
        lines={[
          t('problem.forbidden', {
            permission: agentTaskTemplateManagePermission.name,
          }),
          t('problem.forbiddenWho'),
        ]}
        link={<Link to={toTemplates()}>{t('templates.page.back')}</Link>}
      />
    );
  }
  return (
    <>
      <Link to={toTemplates()} className={classes.back}>
        ← {t('templates.editor.backToList')}
      </Link>
      <ResourceView
        resource={resource}
        what="template"
        permission={agentTaskTemplateReadPermission.name}
        skeleton={<EditorSkeleton />}
        renderError={error =>
          from !== undefined && describeError(error).status === 404 ? (
            <TemplateNotFound name={from} />
          ) : undefined
        }
      >
        {({ text, title }) => (
          <>
            <Typography variant="h5" component="h2" className={classes.heading}>
              {title === undefined
                ? t('templates.editor.titleNew')
                : t('templates.editor.titleDuplicate', { template: title })}
            </Typography>
            <TemplateEditor
              key={from ?? ''}
              title={title ?? ''}
              // No name of an entity has a blank in it.
              draftKey={from === undefined ? ' new' : ` copy ${from}`}
              current={{ text }}
              mayManage
              onSaved={({ template }) =>
                navigate(`../../${encodeURIComponent(template)}`, {
                  relative: 'path',
                })
              }
            />
          </>
        )}
      </ResourceView>
    </>
  );
}
