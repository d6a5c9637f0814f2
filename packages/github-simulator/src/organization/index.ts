export { applyOrganizationSettings } from './applyOrganizationSettings';
export type {
  FileCheck,
  FilePackage,
  FileRepository,
  FileRepositorySettings,
  OrganizationFile,
  PackageKind,
  RepositoryKind,
} from './OrganizationFile';
export { parseOrganizationFile } from './parseOrganizationFile';
export { repositoryFiles } from './repositoryFiles';
export { toSimulatorSeed } from './toSimulatorSeed';
