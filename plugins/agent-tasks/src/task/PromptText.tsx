import type { Prompt } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { alpha, makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { useId, useState } from 'react';
import { agentTasksTranslationRef } from '../translation';

/** A prompt beyond this is folded: it would push everything else off the screen. */
const FOLDED_LINES = 14;

const useStyles = makeStyles(
  theme => ({
    text: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: 12.5,
      lineHeight: 1.55,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      margin: 0,
      padding: theme.spacing(1.5),
      borderRadius: theme.shape.borderRadius,
      border: `1px solid ${theme.palette.divider}`,
      backgroundColor: theme.palette.background.default,
    },
    folded: {
      maxHeight: `${FOLDED_LINES * 1.55}em`,
      overflow: 'hidden',
      maskImage: 'linear-gradient(to bottom, black 75%, transparent)',
      WebkitMaskImage: 'linear-gradient(to bottom, black 75%, transparent)',
    },
    mark: {
      color: 'inherit',
      backgroundColor: alpha(theme.palette.primary.main, 0.18),
      boxShadow: `inset 0 -2px 0 ${theme.palette.primary.main}`,
      borderRadius: 2,
      padding: '0 2px',
    },
    legend: {
      margin: theme.spacing(0, 0, 1),
      fontSize: theme.typography.caption.fontSize,
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'AgentTasksPromptText' },
);

/** What the agent is told, with what was filled in marked as such. Always text, whatever stands in it. */
export function PromptText(props: { prompt: Prompt }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const [isUnfolded, setUnfolded] = useState(false);
  const { prompt } = props;
  const isLong =
    prompt.text.split('\n').length > FOLDED_LINES || prompt.text.length > 1500;
  return (
    <>
      <p className={classes.legend}>{t('prompt.legend')}</p>
      <pre
        id={id}
        className={classNames(classes.text, {
          [classes.folded]: isLong && !isUnfolded,
        })}
      >
        {prompt.segments.map((segment, index) =>
          segment.source ? (
            <mark
              key={index}
              className={classes.mark}
              title={
                segment.source.startsWith('parameters.')
                  ? t('prompt.parameter', {
                      name: segment.source.slice('parameters.'.length),
                    })
                  : t('prompt.variable', { name: segment.source })
              }
            >
              {segment.text}
            </mark>
          ) : (
            <span key={index}>{segment.text}</span>
          ),
        )}
      </pre>
      {isLong && (
        <Button
          size="small"
          aria-expanded={isUnfolded}
          aria-controls={id}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {isUnfolded ? t('action.showLess') : t('action.showAll')}
        </Button>
      )}
    </>
  );
}
