import { isoTime } from '../clock/SimulatorClock';
import { SimulatorContext } from '../SimulatorContext';
import { Repository } from '../state';
import { DependabotAlert } from '../state/DependabotAlert';
import { pageUrls, repositoryApiUrl } from '../urls';

/** `dependabot-alert` */
export function presentDependabotAlert(
  context: SimulatorContext,
  repository: Repository,
  alert: DependabotAlert,
) {
  const { number, severity } = alert;
  const package_ = { ecosystem: alert.ecosystem, name: alert.package };
  const path = `dependabot/alerts/${number}`;
  const ghsaId = `GHSA-2222-3333-${String(number).padStart(4, '4')}`;
  const vulnerability = {
    package: package_,
    severity,
    vulnerable_version_range: `< ${alert.patchedVersion}`,
    first_patched_version: { identifier: alert.patchedVersion },
  };
  return {
    number,
    state: alert.state,
    dependency: {
      package: package_,
      manifest_path: alert.manifestPath,
      scope: 'runtime',
    },
    security_advisory: {
      ghsa_id: ghsaId,
      cve_id: null,
      summary: `A vulnerability in ${alert.package}`,
      description: `Versions of ${alert.package} before ${alert.patchedVersion} are vulnerable.`,
      severity,
      identifiers: [{ type: 'GHSA', value: ghsaId }],
      references: [{ url: `https://github.com/advisories/${ghsaId}` }],
      published_at: isoTime(alert.createdAt),
      updated_at: isoTime(alert.updatedAt),
      withdrawn_at: null,
      vulnerabilities: [vulnerability],
      cvss: { score: 7.5, vector_string: null },
      cwes: [],
    },
    security_vulnerability: vulnerability,
    url: `${repositoryApiUrl(context, repository)}/${path}`,
    html_url: `${pageUrls.repository(context, repository)}/security/${path}`,
    created_at: isoTime(alert.createdAt),
    updated_at: isoTime(alert.updatedAt),
    dismissed_at: null,
    dismissed_by: null,
    dismissed_reason: null,
    dismissed_comment: null,
    fixed_at: alert.state === 'fixed' ? isoTime(alert.updatedAt) : null,
  };
}
