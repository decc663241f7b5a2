/** Who is signed in, as `/v1/session` tells it. */
export interface SessionState {
  readonly identity: { readonly name: string; readonly role: 'viewer' | 'operator' } | null;
  /** Whether one has to sign in at all. */
  readonly isOpen: boolean;
  /** Whether people may come from the organisation's own sign-in (OpenID Connect). */
  readonly hasOidc: boolean;
}
