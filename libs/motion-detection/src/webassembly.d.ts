/** Of the standard, what is used here; TypeScript has it in its `dom` library only, together with a whole browser. */
declare namespace WebAssembly {
  class Module {
    readonly [Symbol.toStringTag]: string;
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Instance {
    constructor(module: Module);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    /** By pages of 64 KiB. */
    grow(pages: number): number;
  }
}
