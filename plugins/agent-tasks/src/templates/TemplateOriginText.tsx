import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ExternalLink } from '../links/ExternalLink';
import { safeHref } from '../links/safeHref';
import { agentTasksTranslationRef } from '../translation';

/** Where a template is written; of one from the catalog with the link to its source. */
export function TemplateOriginText(props: { template: Template }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { origin, sourceUrl } = props.template;
  const words = t(`templates.origin.${origin}`);
  return safeHref(sourceUrl) ? (
    <ExternalLink to={sourceUrl}>{words}</ExternalLink>
  ) : (
    <>{words}</>
  );
}
