{{- define "cloud.kafkaHost" -}}
{{ include "framegate.name" (list . "kafka") }}.{{ .Release.Namespace }}.svc.cluster.local
{{- end }}

{{/* The trial's broker speaks TLS and asks for a password together. */}}
{{- define "cloud.trialIsSecured" -}}
{{- if and (eq .Values.kafka.mode "trial") .Values.kafka.tls.enabled }}true{{ end }}
{{- end }}

{{- define "cloud.brokers" -}}
{{- if eq .Values.kafka.mode "trial" -}}
{{ include "cloud.kafkaHost" . }}:9092
{{- else -}}
{{ required "kafka.brokers is empty: name host:port of your brokers, or take kafka.mode=trial" (join "," .Values.kafka.brokers) }}
{{- end -}}
{{- end }}

{{/* The connection as the helpers of framegate-common take it, as JSON. */}}
{{- define "cloud.kafka" -}}
{{- $sasl := .Values.kafka.sasl -}}
{{- if and (include "cloud.trialIsSecured" .) (not $sasl.username) -}}
{{- $sasl = merge (dict "username" "framegate-cloud") $sasl -}}
{{- end -}}
{{- dict "brokers" (include "cloud.brokers" .) "tls" .Values.kafka.tls "sasl" $sasl | toJson -}}
{{- end }}

{{- define "cloud.redisUrl" -}}
{{- if eq .Values.redis.mode "trial" -}}
- { name: FRAMEGATE_REDIS_URL, value: "redis://{{ include "framegate.name" (list . "redis") }}:6379" }
{{- else -}}
- { name: FRAMEGATE_REDIS_URL_FILE, value: /etc/framegate/redis/{{ .Values.redis.urlKey }} }
{{- end -}}
{{- end }}

{{- define "cloud.egressKafka" -}}
{{- if eq .Values.kafka.mode "trial" }}
- to: [{ podSelector: { matchLabels: { app.kubernetes.io/instance: {{ .Release.Name }}, app.kubernetes.io/component: kafka } } }]
  ports: [{ port: 9092 }]
{{- else }}
- to:
    {{- range .Values.networkPolicy.brokerCidrs }}
    - ipBlock: { cidr: {{ . }} }
    {{- end }}
  ports:
    {{- range .Values.kafka.brokers }}
    - { port: {{ splitList ":" . | last }} }
    {{- end }}
{{- end }}
{{- end }}

{{- define "cloud.fromMonitoring" -}}
- from:
    - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ .Values.networkPolicy.monitoringNamespace }} } }
    - podSelector: { matchLabels: { app.kubernetes.io/instance: {{ .Release.Name }}, app.kubernetes.io/component: test } }
{{- end }}

{{/* Nodes and zones share the pods of a component, as far as that goes. */}}
{{- define "cloud.spread" -}}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "framegate.selector" $ | nindent 8 }}
  {{- end }}
{{- end }}

{{/* Where the pods of a component run: its own values, else those for all. cloud.placement (list . .Values.inference) */}}
{{- define "cloud.placement" -}}
{{- $all := (index . 0).Values -}}
{{- $own := index . 1 -}}
{{- include "framegate.pullSecrets" (index . 0) }}
{{- with $own.nodeSelector | default $all.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $own.tolerations | default $all.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What several consoles need to be one for people. */}}
{{- define "cloud.consoleChecks" -}}
{{- $console := .Values.console -}}
{{- if gt (int $console.replicas) 1 -}}
{{- if eq $console.historySecret "" -}}
{{- fail (printf "console.replicas is %v, but console.historySecret is empty: SQLite is a file of one console. Name a Secret with postgres://…, or take one replica" $console.replicas) -}}
{{- end -}}
{{- if and $console.tokensSecret (eq $console.sessionKeySecret "") -}}
{{- fail (printf "console.replicas is %v, but console.sessionKeySecret is empty: a session of one console would be none at the others. Name a Secret with at least 32 characters under console.sessionKeyKey" $console.replicas) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "cloud.egressRedis" -}}
{{- if eq .Values.redis.mode "trial" }}
- to: [{ podSelector: { matchLabels: { app.kubernetes.io/instance: {{ .Release.Name }}, app.kubernetes.io/component: redis } } }]
  ports: [{ port: 6379 }]
{{- else }}
- ports: [{ port: {{ .Values.redis.egressPort }} }]
{{- end }}
{{- end }}
