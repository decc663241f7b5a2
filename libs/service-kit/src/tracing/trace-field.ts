/** The field by which a line of the log finds its trace, named as OpenTelemetry names it; nothing where there is none. */
export function traceField(traceId: string | undefined): { readonly trace_id?: string } {
  return traceId === undefined ? {} : { trace_id: traceId };
}
