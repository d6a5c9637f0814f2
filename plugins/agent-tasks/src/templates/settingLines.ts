import { formatDuration } from '../time/formatTime';

/**
 * The settings of a part of a template as lines: `stopOn.failedPercent: 20`, `allowedPaths: src/**, docs/**`. A number of
 * seconds is told as a duration.
 */
export function settingLines(settings: object | undefined): string[] {
  return Object.entries(settings ?? {}).flatMap(([name, value]) => {
    if (value === undefined || value === null) {
      return [];
    }
    if (Array.isArray(value)) {
      return value.length ? [`${name}: ${value.join(', ')}`] : [];
    }
    if (typeof value === 'object') {
      return settingLines(value).map(line => `${name}.${line}`);
    }
    const isSeconds = name.endsWith('Seconds') && typeof value === 'number';
    return [
      `${name}: ${
        isSeconds ? formatDuration({ milliseconds: value * 1000 }) : value
      }`,
    ];
  });
}
