export { permissionModuleRoles as default } from './permissionModuleRoles';
