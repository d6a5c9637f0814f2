import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { JsonObject } from '@backstage/types';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { lazy, memo, Suspense } from 'react';
import { PlotBoundary } from '../../charts/PlotBoundary';
import { agentTasksTranslationRef } from '../../translation';

const ParametersForm = lazy(() => import('../../launch/ParametersForm'));

/** The form as a launch will show it; what is filled in goes into the prompt beside it. */
export const FormPreview = memo(function FormPreviewView(props: {
  /** As it was when the text last had no errors; absent where it never was so. */
  schema: JsonObject | undefined;
  /** The text has errors now. */
  isStale: boolean;
  value: JsonObject;
  onChange: (value: JsonObject) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { schema, isStale } = props;
  if (!schema) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('templates.editor.formBroken')}
      </Typography>
    );
  }
  const hasFields = Object.keys(schema.properties ?? {}).length > 0;
  return (
    <>
      {isStale && (
        <Typography variant="body2" color="textSecondary" gutterBottom>
          {t('templates.editor.formStale')}
        </Typography>
      )}
      {hasFields ? (
        <PlotBoundary
          // A schema that the form cannot show must not hide the next one.
          key={JSON.stringify(schema)}
          fallback={t('templates.editor.formFailed')}
        >
          <Suspense
            fallback={<Skeleton variant="rect" height={160} aria-busy />}
          >
            <ParametersForm
              schema={schema}
              value={props.value}
              isBusy={false}
              onChange={props.onChange}
            />
          </Suspense>
        </PlotBoundary>
      ) : (
        <Typography variant="body2" color="textSecondary">
          {t('templates.editor.formNone')}
        </Typography>
      )}
    </>
  );
});
