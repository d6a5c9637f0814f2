import { World } from '../state';
import { OrganizationFile } from './OrganizationFile';
import { checksOf } from './toSimulatorSeed';

/**
 * Sets what a seed of the simulator has no words for: how long each job takes, how often it fails for no reason, and
 * whether workflows wait for a person.
 *
 * @public
 */
export function applyOrganizationSettings(options: {
  world: World;
  file: OrganizationFile;
}): void {
  const { world, file } = options;
  const checks = checksOf(file);
  for (const { name, workflowApproval } of file.repositories) {
    const repository = world.repositories.getByFullName(
      `${file.organization.login}/${name}`,
    );
    if (!repository) {
      continue;
    }
    repository.ci = checks.get(name)!.map(check => ({
      name: check.name,
      durationSeconds: { min: check.seconds[0], max: check.seconds[1] },
      flakiness: check.flakiness ?? 0,
    }));
    repository.agent.requireWorkflowApproval =
      workflowApproval ?? file.defaults?.workflowApproval ?? false;
  }
}
