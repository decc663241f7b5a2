export { followDeclaration } from './follow-declaration.ts';
export { parseDeclaration } from './parse-declaration.ts';
export { profileText, readProfile } from './profile-file.ts';
