import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { hiddenFromEyes } from '../live/hiddenFromEyes';
import { formatDuration } from '../time/formatTime';
import { useLanguage } from '../time/useLanguage';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({ root: { color: theme.palette.text.secondary } }),
  { name: 'AgentTasksTemplateFigure' },
);

/** A figure of a template; one that is not known is shown as such, and never as 0. */
export function TemplateFigure(props: {
  value: number | undefined;
  unit: 'share' | 'seconds' | 'number';
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const locale = useLanguage();
  const { value, unit } = props;
  if (value === undefined) {
    return (
      <span className={classes.root} title={t('templates.unknown')}>
        <span aria-hidden="true">–</span>
        <span style={hiddenFromEyes}>{t('templates.unknown')}</span>
      </span>
    );
  }
  return <span>{formatFigure({ value, unit, locale })}</span>;
}

/** `83 %`, `12 min`, `1,204`. */
export function formatFigure(options: {
  value: number;
  unit: 'share' | 'seconds' | 'number';
  locale?: string;
}): string {
  const { value, unit, locale } = options;
  switch (unit) {
    case 'share':
      return `${Math.round(value * 100)} %`;
    case 'seconds':
      return formatDuration({ milliseconds: value * 1000 });
    default:
      return new Intl.NumberFormat(locale, {
        maximumFractionDigits: value < 100 ? 1 : 0,
      }).format(value);
  }
}
