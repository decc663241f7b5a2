{{/* Name of what belongs to a component: framegate.name (list . "inference") */}}
{{- define "framegate.name" -}}
{{- $root := index . 0 -}}
{{- printf "%s-%s" ($root.Release.Name | trunc 40 | trimSuffix "-") (index . 1) -}}
{{- end }}

{{- define "framegate.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/part-of: framegate
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "framegate.labels" -}}
{{- $root := index . 0 -}}
{{ include "framegate.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{- define "framegate.metadata" -}}
name: {{ include "framegate.name" . }}
namespace: {{ (index . 0).Release.Namespace }}
labels:
  {{- include "framegate.labels" . | nindent 2 }}
{{- end }}

{{/* framegate.image (list . "inference") */}}
{{- define "framegate.image" -}}
{{- $image := (index . 0).Values.image -}}
{{- printf "%s/%s:%s" $image.registry (index . 1) ($image.tag | default (index . 0).Chart.AppVersion) -}}
{{- end }}

{{- define "framegate.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Pod security standard "restricted". framegate.podSecurity UID */}}
{{- define "framegate.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "framegate.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* Alive, ready, started; `http` is the port that answers. A model or a broker may take its time at the start. */}}
{{- define "framegate.probes" -}}
startupProbe: { httpGet: { path: /healthz, port: http }, periodSeconds: 2, failureThreshold: 60 }
livenessProbe: { httpGet: { path: /healthz, port: http }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }
readinessProbe: { httpGet: { path: /readyz, port: http }, periodSeconds: 3, timeoutSeconds: 3, failureThreshold: 2 }
{{- end }}

{{/* How a container reaches the brokers. framegate.kafkaEnv (dict "brokers" "a:9092" "tls" … "sasl" …) */}}
{{- define "framegate.kafkaEnv" -}}
- name: KAFKA_BROKERS
  value: {{ .brokers | quote }}
{{- if .tls.enabled }}
- name: KAFKA_TLS
  value: "true"
{{- with .tls.caSecret }}
- name: KAFKA_TLS_CA
  value: /etc/framegate/kafka-ca/{{ $.tls.caKey }}
{{- end }}
{{- with .tls.clientCertSecret }}
- name: KAFKA_TLS_CERT
  value: /etc/framegate/kafka-cert/tls.crt
- name: KAFKA_TLS_KEY
  value: /etc/framegate/kafka-cert/tls.key
{{- end }}
{{- end }}
{{- if .sasl.username }}
- name: KAFKA_SASL_MECHANISM
  value: {{ .sasl.mechanism }}
- name: KAFKA_SASL_USERNAME
  value: {{ .sasl.username | quote }}
- name: KAFKA_SASL_PASSWORD_FILE
  value: /etc/framegate/kafka-password/{{ .sasl.passwordKey }}
{{- end }}
{{- end }}

{{/* Only the key that is asked for: a Secret may hold those of others. It is optional to Kubernetes, so that the program itself names in its log the one that is missing. */}}
{{- define "framegate.kafkaVolumes" -}}
{{- if and .tls.enabled .tls.caSecret }}
- name: kafka-ca
  secret: { secretName: {{ .tls.caSecret }}, optional: true, items: [{ key: {{ .tls.caKey }}, path: {{ .tls.caKey }} }] }
{{- end }}
{{- if and .tls.enabled .tls.clientCertSecret }}
- name: kafka-cert
  secret: { secretName: {{ .tls.clientCertSecret }}, optional: true }
{{- end }}
{{- if .sasl.username }}
- name: kafka-password
  secret: { secretName: {{ .sasl.passwordSecret }}, optional: true, items: [{ key: {{ .sasl.passwordKey }}, path: {{ .sasl.passwordKey }} }] }
{{- end }}
{{- end }}

{{- define "framegate.kafkaMounts" -}}
{{- if and .tls.enabled .tls.caSecret }}
- { name: kafka-ca, mountPath: /etc/framegate/kafka-ca, readOnly: true }
{{- end }}
{{- if and .tls.enabled .tls.clientCertSecret }}
- { name: kafka-cert, mountPath: /etc/framegate/kafka-cert, readOnly: true }
{{- end }}
{{- if .sasl.username }}
- { name: kafka-password, mountPath: /etc/framegate/kafka-password, readOnly: true }
{{- end }}
{{- end }}

{{/* Names are looked up at the cluster's DNS and nowhere else. */}}
{{- define "framegate.egressDns" -}}
- to: [{ namespaceSelector: {}, podSelector: { matchLabels: { k8s-app: kube-dns } } }]
  ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
{{- end }}

{{/* What Prometheus finds without the operator. framegate.scrape PORT */}}
{{- define "framegate.scrape" -}}
prometheus.io/scrape: "true"
prometheus.io/port: {{ . | quote }}
prometheus.io/path: /metrics
{{- end }}

{{/* framegate.serviceMonitor (list . "inference") */}}
{{- define "framegate.serviceMonitor" -}}
{{- $root := index . 0 }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  {{- include "framegate.metadata" . | nindent 2 }}
    {{- with $root.Values.metrics.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels:
      {{- include "framegate.selector" . | nindent 6 }}
  endpoints:
    - port: http
      interval: {{ $root.Values.metrics.serviceMonitor.interval }}
{{- end }}

{{/* Where traces go, if anywhere. framegate.tracingEnv . */}}
{{- define "framegate.tracingEnv" -}}
{{- with .Values.tracing.endpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
{{- end }}
{{- end }}
