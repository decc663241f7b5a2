export { parseDeclaration } from './parse-declaration.ts';
export { readProfile } from './read-profile.ts';
