import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { Facts } from '../task/Facts';
import { agentTasksTranslationRef } from '../translation';

/** What a launch asks for: each parameter by its title, with what it is and whether it is needed. */
export function TemplateParameters(props: {
  /** JSON Schema of an object. */
  parameters: Record<string, unknown>;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { properties = {}, required = [] } = props.parameters as {
    properties?: Record<
      string,
      { title?: unknown; description?: unknown; type?: unknown } | undefined
    >;
    required?: unknown[];
  };
  const names = Object.keys(properties);
  if (names.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('templates.page.parametersNone')}
      </Typography>
    );
  }
  return (
    <Facts
      facts={names.map(name => {
        const { title, description, type } = properties[name] ?? {};
        const kind = [
          ...(typeof type === 'string' ? [type] : []),
          ...(required.includes(name) ? [t('templates.page.required')] : []),
        ].join(', ');
        return [
          typeof title === 'string' ? title : name,
          <>
            <code>{name}</code>
            {kind && ` · ${kind}`}
            {typeof description === 'string' && <div>{description}</div>}
          </>,
        ];
      })}
    />
  );
}
