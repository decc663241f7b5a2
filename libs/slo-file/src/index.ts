export { parseDeclaration } from './parse-declaration.ts';
export { profileText, readProfile } from './profile-file.ts';
