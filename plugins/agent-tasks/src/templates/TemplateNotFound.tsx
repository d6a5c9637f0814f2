import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { templatesRouteRef } from '../routes';
import { ProblemPanel } from '../states/ProblemPanel';
import { agentTasksTranslationRef } from '../translation';

/** Says that nothing is known of a template, with the way to those that there are. */
export function TemplateNotFound(props: { name: string }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const toTemplates = useRouteRef(templatesRouteRef);
  return (
    <ProblemPanel
      role="alert"
      title={t('templates.page.notFoundTitle')}
      lines={[t('templates.page.notFound', { template: props.name })]}
      link={<Link to={toTemplates()}>{t('templates.page.back')}</Link>}
    />
  );
}
