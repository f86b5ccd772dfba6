/** Where the list lies and as whom to connect. Holds a secret: never printed, never stored. */
export type Connection =
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'mysql';
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly user: string;
      readonly password: string;
      /** `verify`: TLS with a checked certificate; `off`: on loopback, or by the person's approval. */
      readonly tls: 'verify' | 'off';
    };
