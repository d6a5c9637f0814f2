import {
  agentTaskTemplateReadPermission,
  type Template,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useParams } from 'react-router-dom';
import { agentTasksApiRef } from '../../api';
import { TemplateLink } from '../../links/TemplateLink';
import { useLiveResource } from '../../live/useLiveResource';
import { describeError } from '../../states/describeError';
import { ResourceView } from '../../states/ResourceView';
import { agentTasksTranslationRef } from '../../translation';
import { TemplateNotFound } from '../TemplateNotFound';
import { ReadOnlyNote, TemplateStateNotes } from '../TemplateNotes';
import { useMayManageTemplates } from '../useTemplateActions';
import { EditorSkeleton } from './EditorSkeleton';
import { TemplateEditor } from './TemplateEditor';
import { templateDrafts } from './templateDrafts';

const useStyles = makeStyles(
  theme => ({
    back: { display: 'inline-block', marginBottom: theme.spacing(1) },
    heading: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
  }),
  { name: 'AgentTasksTemplateTextPage' },
);

/** The text of a template: edited where it is one of the portal, looked at where it comes from the catalog. */
export default function TemplateTextPage() {
  const { templateName = '' } = useParams();
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const { isKnown, mayManage } = useMayManageTemplates();
  /** What somebody wrote on an earlier visit may have been made from an older revision. */
  const readBase = async (template: Template, signal: AbortSignal) => {
    const { base } = templateDrafts.read(template.name) ?? {};
    if (base === undefined || base === template.revision) {
      return undefined;
    }
    const { yaml } = await api.getTemplateRevision(template.name, base, {
      signal,
    });
    return { text: yaml, revision: base };
  };
  const resource = useLiveResource({
    key: templateName,
    load: async signal => {
      const template = await api.getTemplate(templateName, { signal });
      const revision = await api.getTemplateRevision(
        templateName,
        template.revision,
        { signal },
      );
      return { template, revision, base: await readBase(template, signal) };
    },
    // What one writes was made from the revision that was loaded; a newer one shows when it is saved.
    isConcerned: () => false,
  });
  return (
    <>
      <TemplateLink name={templateName} className={classes.back}>
        ← {t('templates.editor.back')}
      </TemplateLink>
      <ResourceView
        resource={resource}
        what="template"
        permission={agentTaskTemplateReadPermission.name}
        skeleton={<EditorSkeleton />}
        renderError={error =>
          describeError(error).status === 404 ? (
            <TemplateNotFound name={templateName} />
          ) : undefined
        }
      >
        {({ template, revision, base }) => {
          if (!isKnown) {
            return <EditorSkeleton />;
          }
          let readOnly: 'source' | 'permission' | undefined;
          if (template.origin === 'catalog' || template.archivedAt) {
            readOnly = 'source';
          } else if (!mayManage) {
            readOnly = 'permission';
          }
          return (
            <>
              <Typography
                variant="h5"
                component="h2"
                className={classes.heading}
              >
                {t(
                  readOnly
                    ? 'templates.editor.titleView'
                    : 'templates.editor.titleEdit',
                  { template: template.title },
                )}
              </Typography>
              <TemplateStateNotes template={template} />
              {template.origin === 'catalog' && (
                <ReadOnlyNote template={template} mayDuplicate={mayManage} />
              )}
              <TemplateEditor
                key={template.name}
                name={template.name}
                title={template.title}
                draftKey={template.name}
                current={{ text: revision.yaml, revision: revision.number }}
                base={base}
                readOnly={readOnly}
                mayManage={mayManage}
                onSaved={resource.refresh}
              />
            </>
          );
        }}
      </ResourceView>
    </>
  );
}
