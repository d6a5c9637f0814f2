import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import blueGrey from '@material-ui/core/colors/blueGrey';
import { makeStyles } from '@material-ui/core/styles';
import { agentTasksTranslationRef } from '../translation';
import {
  type CampaignPart,
  campaignParts,
  type PartCounts,
} from './campaignProgress';

const useStyles = makeStyles(
  theme => {
    const isDark = theme.palette.type === 'dark';
    const grey = blueGrey[isDark ? 300 : 500];
    const stripes = (color: string) =>
      `repeating-linear-gradient(135deg, ${color} 0 2px, transparent 2px 6px)`;
    return {
      track: {
        display: 'flex',
        gap: 1,
        width: '100%',
        minWidth: 80,
        height: 10,
        borderRadius: 2,
        overflow: 'hidden',
        backgroundColor: theme.palette.divider,
      },
      legend: {
        display: 'flex',
        flexWrap: 'wrap',
        gap: theme.spacing(0.25, 2),
        margin: theme.spacing(0.75, 0, 0),
        padding: 0,
        listStyle: 'none',
        fontSize: theme.typography.caption.fontSize,
        fontVariantNumeric: 'tabular-nums',
        '& li': { display: 'flex', alignItems: 'center', gap: 6 },
      },
      mark: { width: 14, height: 10, borderRadius: 2, flex: 'none' },
      merged: { backgroundColor: theme.palette.success.main },
      inReview: { backgroundColor: theme.palette.primary.main },
      working: { background: stripes(theme.palette.primary.main) },
      waiting: { backgroundColor: grey },
      held: { background: stripes(grey) },
      failed: { backgroundColor: theme.palette.error.main },
      without: { backgroundColor: theme.palette.text.primary },
    };
  },
  { name: 'AgentTasksPartBar' },
);

/** How far tasks have come, as a bar; with the legend it says it in words too. */
export function PartBar(props: { counts: PartCounts; hasLegend?: boolean }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { counts } = props;
  const present = campaignParts.filter(part => counts[part] > 0);
  const mark = (part: CampaignPart) => classes[part];
  return (
    <>
      <div aria-hidden="true" className={classes.track}>
        {present.map(part => (
          <span
            key={part}
            className={mark(part)}
            style={{ flexGrow: counts[part], minWidth: 2 }}
          />
        ))}
      </div>
      {props.hasLegend && (
        <ul className={classes.legend} aria-label={t('campaign.progress.bar')}>
          {present.map(part => (
            <li key={part}>
              <span
                aria-hidden="true"
                className={`${classes.mark} ${mark(part)}`}
              />
              {counts[part]} {t(`campaign.part.${part}`)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
